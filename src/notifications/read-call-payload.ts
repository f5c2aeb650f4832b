import * as z from 'zod/mini';
import { boundedText } from '../shared/schema.ts';

const contextClaims = z.object({ cc: boundedText(1, 65_536) });

/**
 * Takes the `cc` claim out of an `incomingCallContext`, which is JWT-like: base64url JSON in its second segment. No other
 * part of the context, least of all `shrToken`, is handed on.
 *
 * @returns the claim, or undefined when the context is absent or cannot be read: that costs only `cp`, never the ring
 */
export function readCallPayload(context: string | undefined): string | undefined {
  const segment = context?.split('.', 2)[1];
  if (segment === undefined || segment === '') return undefined;
  try {
    const claims = contextClaims.safeParse(JSON.parse(Buffer.from(segment, 'base64url').toString('utf8')));
    return claims.success ? claims.data.cc : undefined;
  } catch {
    return undefined;
  }
}
