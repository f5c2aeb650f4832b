import * as z from 'zod/mini';
import type { Envelope } from './envelope.ts';
import { invalidEventError } from './invalid-event-error.ts';
import { issueText } from './issue-text.ts';

/**
 * Validates the data of an event.
 *
 * @throws RelayError `EVENT_DATA_INVALID` which names each field that is missing or wrong.
 */
export function readData<Schema extends z.core.$ZodType>(
  schema: Schema,
  envelope: Envelope,
): z.output<Schema> {
  const parsed = z.safeParse(schema, envelope.data, { error: issueText });
  if (parsed.success) return parsed.data;
  throw invalidEventError('EVENT_DATA_INVALID', `data of ${envelope.identity.type}`, parsed.error);
}
