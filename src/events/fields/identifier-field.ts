import * as z from 'zod/mini';
import { readIdentifier } from '../read-identifier.ts';

/** A user that an event must name, as {@link readIdentifier} reads one. */
export const identifierField = z.pipe(
  z.optional(z.unknown()),
  z.transform((value, { issues }) => {
    const rawId = readIdentifier(value);
    if (rawId !== undefined) return rawId;
    issues.push({ code: 'custom', message: 'is missing or no communication identifier', input: value });
    return z.NEVER;
  }),
);
