import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { isRecord, parseJson } from '../shared/json.ts';
import { boundedText, dataObject } from '../shared/schema.ts';
import { parseIsoTime } from '../shared/time.ts';
import { idField, type Subject, validate } from './fields.ts';
import type { EventBase, EventIdentity } from './relay-event.ts';

/** What both envelopes say about an event, in one shape. */
export interface Envelope {
  readonly identity: EventIdentity;
  /** When the event happened, epoch milliseconds. */
  readonly timeMs: number;
  /** The event's own data, not yet validated. */
  readonly data: unknown;
}

const timeField = z.pipe(
  z.string(),
  z.transform((text, { issues }) => {
    const timeMs = parseIsoTime(text);
    if (timeMs !== undefined) return timeMs;
    issues.push({ code: 'custom', message: 'is not an ISO 8601 time', input: text });
    return z.NEVER;
  }),
);

const sourceField = z._default(z.optional(boundedText(0, 2048)), '');

const eventGridEnvelope = dataObject({
  id: idField,
  topic: sourceField,
  eventType: idField,
  eventTime: timeField,
  data: z.optional(z.unknown()),
});

const cloudEnvelope = dataObject({
  id: idField,
  source: sourceField,
  type: idField,
  time: z.optional(timeField),
  data: z.optional(z.unknown()),
});

/**
 * Recognizes the envelope of a delivered JSON value and reads it. A CloudEvent has `specversion` in either spelling, or
 * `type` with `source`; Event Grid's own schema has `eventType`. Other keys are ignored.
 *
 * @param arrivedMs the time of a CloudEvent without one, epoch milliseconds: the specification makes it optional
 * @throws RelayError `EVENT_NOT_AN_EVENT` when it has neither envelope, or one that does not identify an event
 */
export function readEnvelope(value: unknown, arrivedMs: number): Envelope {
  if (!isRecord(value)) throw notAnEvent(`the value is ${describe(value)}, not a JSON object`);
  if (isCloudEvent(value)) {
    const {
      id,
      source,
      type,
      time = arrivedMs,
      data,
    } = validate(cloudEnvelope, value, {
      code: 'EVENT_NOT_AN_EVENT',
      class: 'user',
      what: 'CloudEvents envelope',
    });
    return {
      identity: { source: source.toLowerCase(), id, type },
      timeMs: time,
      data: unwrapText(data),
    };
  }
  if ('eventType' in value) {
    const { id, topic, eventType, eventTime, data } = validate(eventGridEnvelope, value, {
      code: 'EVENT_NOT_AN_EVENT',
      class: 'user',
      what: 'Event Grid envelope',
    });
    return {
      identity: { source: topic.toLowerCase(), id, type: eventType },
      timeMs: eventTime,
      data: unwrapText(data),
    };
  }
  throw notAnEvent('it has neither "eventType" (Event Grid schema) nor "specversion" (CloudEvents 1.0)');
}

function notAnEvent(why: string): RelayError {
  return new RelayError({
    code: 'EVENT_NOT_AN_EVENT',
    class: 'user',
    message: `Not an event: ${why}. Send events in one of the two schemas that Event Grid delivers.`,
  });
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array inside an array' : `a ${typeof value}`;
}

function isCloudEvent(value: object): boolean {
  if ('specversion' in value || 'specVersion' in value) return true;
  return !('eventType' in value) && 'type' in value && 'source' in value;
}

// Some senders encode `data` twice: as JSON text inside the JSON envelope.
function unwrapText(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const unwrapped = parseJson(data);
  return unwrapped === undefined ? data : unwrapped;
}

/** The fields that every relay event takes over from its envelope. */
export function eventBase({ identity, timeMs }: Envelope): EventBase {
  return { identity, timeMs };
}

/**
 * Validates the data of an event.
 *
 * @throws RelayError `EVENT_DATA_INVALID`, which names each missing or invalid field
 */
export function readData<Schema extends z.core.$ZodType>(
  schema: Schema,
  envelope: Envelope,
): z.output<Schema> {
  return validate(schema, envelope.data, dataOf(envelope));
}

/** How an error message names the data of an event. */
export function dataOf({ identity }: Envelope): Subject {
  return { code: 'EVENT_DATA_INVALID', class: 'user', what: `data of ${identity.type}` };
}
