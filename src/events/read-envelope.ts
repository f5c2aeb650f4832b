import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { boundedText, dataObject } from '../shared/schema.ts';
import type { Envelope } from './envelope.ts';
import { idField } from './fields/id-field.ts';
import { optionalField } from './fields/optional-field.ts';
import { invalidEventError } from './invalid-event-error.ts';
import { issueText } from './issue-text.ts';
import { parseEventTime } from './parse-event-time.ts';

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
  traceparent: optionalField(boundedText(0, 256)),
  data: z.optional(z.unknown()),
});

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
    const { id, source, type, time, traceparent, data } = parsed.data;
    return {
      schema: 'cloudevents',
      identity: { source: source.toLowerCase(), id, type },
      timeMs: time,
      ...(traceparent === undefined ? {} : { traceparent }),
      data: unwrapText(data),
    };
  }
  if ('eventType' in value) {
    const parsed = z.safeParse(eventGridEnvelope, value, { error: issueText });
    if (!parsed.success) throw invalidEventError('EVENT_NOT_AN_EVENT', 'Event Grid envelope', parsed.error);
    const { id, topic, eventType, eventTime, data } = parsed.data;
    return {
      schema: 'eventgrid',
      identity: { source: topic.toLowerCase(), id, type: eventType },
      timeMs: eventTime,
      data: unwrapText(data),
    };
  }
  throw notAnEvent('It has neither "eventType" (Event Grid schema) nor "specversion" (CloudEvents 1.0).');
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

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array inside an array' : `a ${typeof value}`;
}

function notAnEvent(what: string): RelayError {
  return new RelayError({
    code: 'EVENT_NOT_AN_EVENT',
    class: 'user',
    message: `This is no event. ${what} Send events in one of the two schemas that Event Grid delivers.`,
  });
}
