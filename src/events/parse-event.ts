import { RelayError } from '../errors/errors.ts';
import { isRecord } from '../shared/json.ts';
import { parseIsoTime } from '../shared/time.ts';
import { readEnvelope } from './envelope.ts';
import { eventTypes } from './event-types.ts';
import type { EventIdentity, IgnoredReason, ParsedEvent, RelayEvent } from './relay-event.ts';

const dispositions: ReadonlyMap<string, (typeof eventTypes)[keyof typeof eventTypes]> = new Map(
  Object.entries(eventTypes),
);

/**
 * Classifies one delivered JSON value: an event with validated data, an event to ignore, or poison with the reason. Never
 * throws because of the value. Accepts both envelopes and every ACS shape since 2020; unknown fields pass.
 *
 * @param arrivedMs when the value was delivered, epoch milliseconds
 */
export function parseEvent(value: unknown, arrivedMs: number): ParsedEvent {
  let identity: EventIdentity | undefined;
  try {
    const envelope = readEnvelope(value, arrivedMs);
    identity = envelope.identity;
    const disposition = dispositions.get(identity.type) ?? reasonFor(identity.type);
    if (typeof disposition === 'string') return { kind: 'ignored', reason: disposition, identity };
    return { kind: 'event', event: disposition(envelope) };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'poison', error, ...(identity === undefined ? {} : { identity }) };
  }
}

/**
 * When a delivered JSON value says that it happened, whether or not it is a valid event.
 *
 * @returns epoch milliseconds, or undefined without a valid time
 */
export function eventTime(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  const text = [value['eventTime'], value['time']].find((field) => typeof field === 'string');
  return text === undefined ? undefined : parseIsoTime(text);
}

/** Whether an event is about a call: it is worth nothing when it is late, so it never waits behind a message. */
export function isCallEvent(event: RelayEvent): boolean {
  return 'callId' in event;
}

const callTypes = new Set(
  ['IncomingCall', 'CallParticipantAdded', 'CallEnded'].map((name) => `Microsoft.Communication.${name}`),
);

/** Whether a delivered JSON value says that it is such an event, whether or not it is a valid one. */
export function looksLikeCall(value: unknown): boolean {
  return isRecord(value) && callTypes.has(String(value['eventType'] ?? value['type']));
}

function reasonFor(type: string): IgnoredReason {
  if (type.startsWith('Microsoft.Communication.')) return 'unknown-acs';
  return type.startsWith('Microsoft.EventGrid.Subscription') ? 'handshake' : 'foreign';
}
