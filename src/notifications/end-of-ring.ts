import type { EventIdentity } from '../events/relay-event.ts';
import { omitUndefined } from '../shared/json.ts';
import type { MappingOptions } from './map-event.ts';
import type { CallNotification, NotificationKind } from './notification.ts';

/** The notice of a missed call, in place of a ring that came too late or was never answered. */
export function missedCall(ring: CallNotification, { chatTtlMs }: MappingOptions): CallNotification {
  const { callPayload, ...call } = ring;
  return { ...call, kind: 'missed-call', expiresAtMs: ring.sentAtMs + chatTtlMs };
}

/** A user whose devices were rung, and what is known of the call. */
interface RungCall {
  readonly callId: string;
  readonly serverCallId?: string | undefined;
  readonly recipientId: string;
  readonly callerId?: string | undefined;
  readonly callerName?: string | undefined;
}

/** The event that ends the ringing. */
interface StoppingEvent {
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
    ...omitUndefined({ serverCallId, callerId, callerName }),
  };
  const stopsAtMs = event.timeMs + mapping.ringMs;
  if (why === 'answered') return [{ ...common, kind: 'call-answered', expiresAtMs: stopsAtMs }];
  const ended: CallNotification = { ...common, kind: 'call-ended', expiresAtMs: stopsAtMs };
  if (why === 'ended') return [ended];
  return [ended, { ...common, kind: 'missed-call', expiresAtMs: event.timeMs + mapping.chatTtlMs }];
}

/**
 * True for what is not worth keeping once its time ran out: a ring that came too late is told as a missed call instead,
 * and a phone that is not told to stop stops by itself.
 */
export function isWorthlessWhenLate(kind: NotificationKind): boolean {
  return kind === 'incoming-call' || kind === 'call-answered' || kind === 'call-ended';
}
