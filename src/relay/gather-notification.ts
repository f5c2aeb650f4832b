import type { RememberedCall } from '../deliveries/call-memory.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Attempt } from './attempt.ts';
import type { Gathered } from './gathered.ts';
import type { RelayDeps } from './relay-deps.ts';

/**
 * Finds the devices for a notification. For a call it asks, side by side, what is known of the call by now: one that is
 * over does not ring any more, and one that the user joined since needs no notice at all.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the devices cannot be read; what is known of the call is not needed for a
 *   ring
 */
export async function gatherNotification(
  deps: RelayDeps,
  attempt: Attempt,
  notification: Notification,
): Promise<Gathered> {
  const [devices, call] = await Promise.all([
    deps.findDevices(notification.recipientId),
    'callId' in notification ? readCall(deps, attempt, notification.callId) : undefined,
  ]);
  if (devices.length === 0) return { kind: 'nobody', reason: 'no-devices' };
  if (!('callId' in notification) || call === undefined) {
    return { kind: 'deliveries', deliveries: [{ notification, devices }] };
  }
  const { recipientId, sentAtMs } = notification;
  // Somebody who joined before this ring was called again: then it must ring again.
  const joined = call.joined.some((user) => user.userId === recipientId && user.firstAtMs >= sentAtMs);
  if (notification.kind !== 'incoming-call') {
    if (joined) return { kind: 'nobody', reason: 'answered' };
    return { kind: 'deliveries', deliveries: [{ notification, devices }] };
  }
  if (joined) return { kind: 'over', why: 'answered', ring: notification, devices };
  if (call.endedAtMs !== undefined) return { kind: 'over', why: 'missed', ring: notification, devices };
  return { kind: 'deliveries', deliveries: [{ notification, devices }] };
}

async function readCall(
  deps: RelayDeps,
  attempt: Attempt,
  callId: string,
): Promise<RememberedCall | undefined> {
  try {
    return await deps.calls.readCall(callId, deps.clock());
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing: 'ringing without it' });
    return undefined;
  }
}
