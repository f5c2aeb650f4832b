import type { Envelope } from './envelope.ts';
import type { EventIdentity } from './relay-event.ts';

/** The fields every relay event takes over from its envelope. */
export function eventBase(envelope: Envelope): {
  readonly identity: EventIdentity;
  readonly timeMs: number;
  readonly traceparent?: string;
} {
  const { identity, timeMs, traceparent } = envelope;
  return { identity, timeMs, ...(traceparent === undefined ? {} : { traceparent }) };
}
