import { RelayError } from '../errors/errors.ts';
import { readEnvelope } from './envelope.ts';
import { eventTypes } from './event-types.ts';
import type { EventIdentity, IgnoredReason, ParsedEvent } from './relay-event.ts';

const dispositions: ReadonlyMap<string, (typeof eventTypes)[keyof typeof eventTypes]> = new Map(
  Object.entries(eventTypes),
);

/**
 * Classifies one delivered JSON value: an event with validated data, an event to ignore, or poison with the reason. Never
 * throws because of the value. Accepts both envelopes and every ACS shape since 2020; unknown fields pass.
 */
export function parseEvent(value: unknown): ParsedEvent {
  let identity: EventIdentity | undefined;
  try {
    const envelope = readEnvelope(value);
    identity = envelope.identity;
    const disposition = dispositions.get(identity.type) ?? reasonFor(identity.type);
    if (typeof disposition === 'string') return { kind: 'ignored', reason: disposition, identity };
    return { kind: 'event', event: disposition(envelope) };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'poison', error, ...(identity === undefined ? {} : { identity }) };
  }
}

function reasonFor(type: string): IgnoredReason {
  if (type.startsWith('Microsoft.Communication.')) return 'unknown-acs';
  return type.startsWith('Microsoft.EventGrid.Subscription') ? 'handshake' : 'foreign';
}
