import type { EventIdentity } from '../events/relay-event.ts';
import type { MappingOptions } from '../notifications/mapping-options.ts';
import type { CallNotification } from '../notifications/notification.ts';
import { defined } from '../shared/json.ts';

/** A user whose devices were rung, and what is known of the call. */
export interface RungCall {
  readonly callId: string;
  readonly serverCallId?: string | undefined;
  readonly recipientId: string;
  readonly callerId?: string | undefined;
  readonly callerName?: string | undefined;
}

/** The event that ends the ringing. */
export interface StoppingEvent {
  readonly identity: EventIdentity;
  readonly timeMs: number;
}

/**
 * What a rung user must be told when the ringing ends. `answered`: the user joined, so the other devices stop.
 * `ended`: the call is over for somebody who had joined. `missed`: it is over and the user never joined, which they must
 * see. The stop is worthless once a ring would have ended by itself; the notice of a missed call is not.
 */
export function stopRinging(
  why: 'answered' | 'ended' | 'missed',
  call: RungCall,
  event: StoppingEvent,
  mapping: MappingOptions,
): readonly CallNotification[] {
  const { callId, serverCallId, recipientId, callerId, callerName } = call;
  const common = {
    identity: event.identity,
    recipientId,
    sentAtMs: event.timeMs,
    callId,
    ...defined({ serverCallId, callerId, callerName }),
  };
  const stopsAtMs = event.timeMs + mapping.ringMs;
  if (why === 'answered') return [{ ...common, kind: 'call-answered', expiresAtMs: stopsAtMs }];
  const ended: CallNotification = { ...common, kind: 'call-ended', expiresAtMs: stopsAtMs };
  if (why === 'ended') return [ended];
  return [ended, { ...common, kind: 'missed-call', expiresAtMs: event.timeMs + mapping.chatTtlMs }];
}
