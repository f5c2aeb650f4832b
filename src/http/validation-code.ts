import * as z from 'zod/mini';
import { boundedText } from '../shared/schema.ts';

const VALIDATION_TYPE = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const MAX_CODE_LENGTH = 256;

const dataSchema = z.object({ validationCode: boundedText(1, MAX_CODE_LENGTH) });
const eventSchema = z.object({
  eventType: z.catch(z.optional(z.string()), undefined),
  type: z.catch(z.optional(z.string()), undefined),
  // In the CloudEvents form the data may be JSON once more, as a text.
  data: z.union([dataSchema, z.pipe(z.pipe(z.string(), z.transform(parseText)), dataSchema)]),
});

/** The handshake code in a body that is nothing but one subscription validation event, alone or in an array. */
export function validationCode(body: unknown): string | undefined {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  const parsed = eventSchema.safeParse(events[0]);
  if (events.length !== 1 || !parsed.success) return undefined;
  const { eventType, type, data } = parsed.data;
  return (eventType ?? type) === VALIDATION_TYPE ? data.validationCode : undefined;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
