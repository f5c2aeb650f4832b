import type { Notification } from '../notifications/notification.ts';
import type { Attempt } from './attempt.ts';
import type { Gathered } from './gathered.ts';
import type { RelayDeps } from './relay-deps.ts';
import { whyOver } from './why-over.ts';

/**
 * Finds the devices for a notification. For a call it asks, side by side, what is known of the call by now: one that is
 * over does not ring any more, and one that the user joined since needs no notice at all.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the devices cannot be read; what is known of the call is not needed for a
 *   ring, and waited for no longer than until one second after the devices
 */
export async function gatherNotification(
  deps: RelayDeps,
  attempt: Attempt,
  notification: Notification,
): Promise<Gathered> {
  const isCall = 'callId' in notification;
  const finding = deps.findDevices(notification.recipientId);
  const needed = notification.kind === 'incoming-call' ? finding : undefined;
  const asking = isCall ? whyOver(deps, attempt, notification, 'ringing without it', needed) : undefined;
  const [devices, why] = await Promise.all([finding, asking]);
  if (devices.length === 0) return { kind: 'nobody', reason: 'no-devices' };
  if (isCall && why !== undefined) {
    if (notification.kind === 'incoming-call') return { kind: 'over', why, ring: notification, devices };
    if (why === 'answered') return { kind: 'nobody', reason: 'answered' };
  }
  return { kind: 'deliveries', deliveries: [{ notification, devices }] };
}
