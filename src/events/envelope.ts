import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { boundedText, dataObject } from '../shared/schema.ts';
import { idField } from './fields.ts';
import { invalidEventError, issueText } from './invalid-event.ts';
import type { EventBase, EventIdentity } from './relay-event.ts';

/** What both envelopes say about an event, in one shape. */
export interface Envelope {
  readonly identity: EventIdentity;
  /** When the event happened, epoch milliseconds. */
  readonly timeMs: number;
  /** The event's own data, not yet validated. */
  readonly data: unknown;
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

const timeField = z.pipe(
  z.string(),
  z.transform((text, { issues }) => {
    const timeMs = parseEventTime(text);
    if (timeMs !== undefined) return timeMs;
    issues.push({ code: 'custom', message: 'is no ISO 8601 time', input: text });
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
  time: timeField,
  data: z.optional(z.unknown()),
});

/** The fields that every relay event takes over from its envelope. */
export function eventBase({ identity, timeMs }: Envelope): EventBase {
  return { identity, timeMs };
}

/**
 * Reads an ISO 8601 time as ACS writes them: `Z` or a numeric offset, none to nine fraction digits. A time without an
 * offset is UTC.
 *
 * @returns epoch milliseconds, or undefined when the text is no such time.
 */
export function parseEventTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const timeMs = Date.parse(match[1] === undefined ? `${text}Z` : text.toUpperCase());
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/**
 * Tells which envelope a delivered JSON value has and reads it. CloudEvents are known by `specversion` in either
 * spelling, or by `type` with `source`; Event Grid's own schema by `eventType`. Other keys are let through unread.
 *
 * @throws RelayError `EVENT_NOT_AN_EVENT` when it is neither envelope, or one without what identifies an event.
 */
export function readEnvelope(value: unknown): Envelope {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notAnEvent(`The value is ${describe(value)}, not a JSON object.`);
  }
  if (isCloudEvent(value)) {
    const parsed = z.safeParse(cloudEnvelope, value, { error: issueText });
    if (!parsed.success) throw invalidEventError('EVENT_NOT_AN_EVENT', 'CloudEvents envelope', parsed.error);
    const { id, source, type, time, data } = parsed.data;
    return {
      identity: { source: source.toLowerCase(), id, type },
      timeMs: time,
      data: unwrapText(data),
    };
  }
  if ('eventType' in value) {
    const parsed = z.safeParse(eventGridEnvelope, value, { error: issueText });
    if (!parsed.success) throw invalidEventError('EVENT_NOT_AN_EVENT', 'Event Grid envelope', parsed.error);
    const { id, topic, eventType, eventTime, data } = parsed.data;
    return {
      identity: { source: topic.toLowerCase(), id, type: eventType },
      timeMs: eventTime,
      data: unwrapText(data),
    };
  }
  throw notAnEvent('It has neither "eventType" (Event Grid schema) nor "specversion" (CloudEvents 1.0).');
}

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

function notAnEvent(what: string): RelayError {
  return new RelayError({
    code: 'EVENT_NOT_AN_EVENT',
    class: 'user',
    message: `This is no event. ${what} Send events in one of the two schemas that Event Grid delivers.`,
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
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
