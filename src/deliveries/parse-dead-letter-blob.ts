import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { parseJson } from '../shared/json.ts';
import { deadLetter } from './dead-letter.ts';
import type { DeadLetteredEvent } from './dead-lettered-event.ts';

const eventGridDeadLetter = z.object({
  deadletterreason: z.string(),
  deliveryattempts: z.catch(z.coerce.number().check(z.int(), z.minimum(0)), 0),
  lastdeliveryoutcome: z.catch(z.string(), 'unknown'),
});

// What Event Grid adds to an event it gives up on ("Event Grid message delivery and retry"): these keys in the Event
// Grid schema, all lower-case in CloudEvents.
const addedKeys = new Set([
  'deadletterreason',
  'deliveryattempts',
  'lastdeliveryoutcome',
  'lasthttpstatuscode',
  'publishtime',
  'lastdeliveryattempttime',
]);

/**
 * Reads a dead-letter blob: one of the relay's own, or one of Event Grid's, which holds one event or an array of them in
 * either schema. Event Grid's additions are taken off again.
 *
 * @throws RelayError `INPUT_UNUSABLE` when it is neither; the message never quotes the blob.
 */
export function parseDeadLetterBlob(text: string): readonly DeadLetteredEvent[] {
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) throw unusable('it is not JSON, or something follows the JSON');
  const own = deadLetter.safeParse(value);
  if (own.success) {
    const { reason, message, attempt, event, redrivenAtMs } = own.data;
    return [
      {
        origin: 'relay',
        reason,
        message,
        attempt,
        event,
        ...(redrivenAtMs === undefined ? {} : { redrivenAtMs }),
      },
    ];
  }
  return Array.isArray(value) ? value.map(readEventGridItem) : [readEventGridItem(value, 0)];
}

function readEventGridItem(item: unknown, index: number): DeadLetteredEvent {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw unusable(`item ${index} is not a JSON object`);
  }
  const added = new Map<string, unknown>();
  const original: [string, unknown][] = [];
  for (const [key, value] of Object.entries(item)) {
    const lowerCase = key.toLowerCase();
    if (addedKeys.has(lowerCase)) added.set(lowerCase, value);
    else original.push([key, value]);
  }
  const parsed = eventGridDeadLetter.safeParse(Object.fromEntries(added));
  if (!parsed.success) throw unusable(`item ${index} has no dead-letter reason`);
  return {
    origin: 'event-grid',
    reason: parsed.data.deadletterreason,
    message: parsed.data.lastdeliveryoutcome,
    attempt: parsed.data.deliveryattempts,
    event: { kind: 'json', value: Object.fromEntries(original) },
  };
}

function unusable(why: string): RelayError {
  return new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `The blob cannot be read as a dead letter of the relay or of Event Grid: ${why}. Name a blob that one of them wrote, unchanged.`,
  });
}
