import type { RungUser } from '../deliveries/call-memory.ts';
import type { Device } from '../devices/device.ts';
import { stopRinging } from '../notifications/end-of-ring.ts';
import type { CallProgressEvent } from '../notifications/map-event.ts';
import type { CallNotification, Notification } from '../notifications/notification.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, RelayDeps } from './attempt.ts';
import { readCallState } from './call-state.ts';
import type { SkippedReason } from './event-report.ts';

/** One notification and the devices it is for. */
export interface Delivery {
  readonly notification: Notification;
  readonly devices: readonly Device[];
}

/** Whom an event concerns, after asking storage. */
export type Recipients =
  | { readonly kind: 'deliveries'; readonly deliveries: readonly Delivery[] }
  /** A ring that is answered or whose call has ended: whom to tell what depends on which devices may ring already. */
  | {
      readonly kind: 'over';
      readonly why: 'answered' | 'missed';
      readonly ring: CallNotification;
      readonly devices: readonly Device[];
    }
  | { readonly kind: 'nobody'; readonly reason: SkippedReason };

/** Finding whom an event concerns: span `acs.lookup`. */
export const lookupSpan: SpanSpec<Recipients> = {
  name: 'acs.lookup',
  end: (recipients) => ({ attributes: { 'acs.lookup.devices': countDevices(recipients) } }),
};

/**
 * Finds the devices for a notification. For a call it asks, side by side, what is known of the call by now: one that is
 * over does not ring any more, and one that the user joined since needs no notice at all.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the devices cannot be read; what is known of the call is not needed for a
 *   ring, and waited for no longer than until one second after the devices
 */
export async function resolveRecipients(
  deps: RelayDeps,
  attempt: Attempt,
  notification: Notification,
): Promise<Recipients> {
  const isCall = 'callId' in notification;
  const finding = deps.findDevices(notification.recipientId);
  const needed = notification.kind === 'incoming-call' ? finding : undefined;
  const asking = isCall
    ? readCallState(deps, attempt, notification, 'ringing without it', needed)
    : undefined;
  const [devices, why] = await Promise.all([finding, asking]);
  if (devices.length === 0) return { kind: 'nobody', reason: 'no-devices' };
  if (isCall && why !== undefined) {
    if (notification.kind === 'incoming-call') return { kind: 'over', why, ring: notification, devices };
    if (why === 'answered') return { kind: 'nobody', reason: 'answered' };
  }
  return { kind: 'deliveries', deliveries: [{ notification, devices }] };
}

/**
 * Finds whom the end of a ringing concerns: the user who joined, or everybody who was rung for a call that is over. What
 * happened is written down before it is asked who was rung, and a ring writes down whom it rang before it asks what
 * happened: so one of the two always sees the other, in whatever order they run.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function resolveRungUsers(deps: RelayDeps, event: CallProgressEvent): Promise<Recipients> {
  const nowMs = deps.clock();
  if (event.kind === 'call-ended') {
    await deps.calls.markEnded(event.callId, nowMs);
  } else if (event.participantId !== undefined) {
    await deps.calls.markJoined(event.callId, event.participantId, nowMs);
  }
  const call = await deps.calls.readCall(event.callId, nowMs);
  const joined = new Set(call.joined.map((user) => user.userId));
  const concerned = call.rung.filter(
    (user) => event.kind === 'call-ended' || user.recipientId === event.participantId,
  );
  const deliveries = await Promise.all(
    concerned.map((user) => deliveriesFor(deps, event, user, joined.has(user.recipientId))),
  );
  const all = deliveries.flat();
  return all.length === 0
    ? { kind: 'nobody', reason: concerned.length === 0 ? 'nobody-rung' : 'no-devices' }
    : { kind: 'deliveries', deliveries: all };
}

async function deliveriesFor(
  deps: RelayDeps,
  event: CallProgressEvent,
  user: RungUser,
  hasJoined: boolean,
): Promise<readonly Delivery[]> {
  const devices = (await deps.findDevices(user.recipientId)).filter((device: Device) =>
    user.deviceIds.includes(device.deviceId),
  );
  if (devices.length === 0) return [];
  const why = event.kind === 'call-participant-added' ? 'answered' : hasJoined ? 'ended' : 'missed';
  const { callId, serverCallId } = event;
  const { recipientId, callerId, callerName } = user;
  return stopRinging(
    why,
    { callId, serverCallId, recipientId, callerId, callerName },
    event,
    deps.mapping,
  ).map((notification) => ({ notification, devices }));
}

function countDevices(recipients: Recipients): number {
  switch (recipients.kind) {
    case 'nobody':
      return 0;
    case 'over':
      return recipients.devices.length;
    case 'deliveries': {
      const devices = recipients.deliveries.flatMap((delivery) => delivery.devices);
      return new Set(devices.map(keyOf)).size;
    }
  }
}

function keyOf({ recipientId, deviceId }: Device): string {
  return `${recipientId} ${deviceId}`;
}
