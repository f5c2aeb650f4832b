import type { EventIdentity } from '../events/relay-event.ts';
import { omitUndefined } from '../shared/json.ts';
import type { CallNotification, Lifetimes, NotificationKind } from './notification.ts';

/** The missed-call notification that replaces a ring that came too late or was never answered. */
export function missedCall(ring: CallNotification, { chatTtlMs }: Lifetimes): CallNotification {
  const { callPayload, ...call } = ring;
  return { ...call, kind: 'missed-call', expiresAtMs: ring.sentAtMs + chatTtlMs };
}

/** A call that rang on one user's devices. */
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
 * The notifications for a rung user when the ringing ends. `answered`: the user joined, so the other devices stop.
 * `ended`: the call is over, and the user had joined it. `missed`: the call is over and the user never joined, so the
 * devices stop and show a missed call. A stop expires after `ringMs`, when the ring has timed out anyway.
 */
export function stopRinging(
  why: 'answered' | 'ended' | 'missed',
  call: RungCall,
  event: StoppingEvent,
  lifetimes: Lifetimes,
): readonly CallNotification[] {
  const { callId, serverCallId, recipientId, callerId, callerName } = call;
  const common = {
    identity: event.identity,
    recipientId,
    sentAtMs: event.timeMs,
    callId,
    ...omitUndefined({ serverCallId, callerId, callerName }),
  };
  const stopsAtMs = event.timeMs + lifetimes.ringMs;
  if (why === 'answered') return [{ ...common, kind: 'call-answered', expiresAtMs: stopsAtMs }];
  const ended: CallNotification = { ...common, kind: 'call-ended', expiresAtMs: stopsAtMs };
  if (why === 'ended') return [ended];
  return [ended, { ...common, kind: 'missed-call', expiresAtMs: event.timeMs + lifetimes.chatTtlMs }];
}

/**
 * True for kinds that are dropped once they expire: a late ring becomes a missed call instead, and a phone that gets no
 * stop times out.
 */
export function isWorthlessWhenLate(kind: NotificationKind): boolean {
  return kind === 'incoming-call' || kind === 'call-answered' || kind === 'call-ended';
}
