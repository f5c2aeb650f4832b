import type { CallNotification } from '../notifications/notification.ts';
import type { Delivery } from './delivery.ts';
import { followUpRing } from './follow-up-ring.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import { type KnownOutcome, sendDeliveries } from './send-deliveries.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

type Ring = Delivery & { readonly notification: CallNotification };

/**
 * Sends the deliveries of one event. While a ring goes out it is written down who is rung, so that the ringing can be
 * stopped. Whatever the ring still asks for is sent to each device as soon as its ring is out: a phone that rings does not
 * wait for one that cannot be reached.
 */
export async function sendAll(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
): Promise<readonly PushReport[]> {
  const ring = deliveries.find(isRing);
  if (ring === undefined) return sendInOrder(deps, attempt, deliveries, known);
  const remembering = rememberRung(deps, attempt, ring);
  const pushes = await sendDeliveries(deps, attempt, deliveries, known, async (report, device) => {
    await remembering;
    const followUps = await followUpRing(deps, attempt, ring.notification, device, report);
    return sendInOrder(deps, attempt, followUps, known);
  });
  await remembering;
  return pushes;
}

// A phone that is off keeps the last push of a collapse id: that must be the notice of the missed call, not the stop.
async function sendInOrder(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
): Promise<readonly PushReport[]> {
  const isNotice = ({ notification }: Delivery) => notification.kind === 'missed-call';
  const first = await sendDeliveries(
    deps,
    attempt,
    deliveries.filter((delivery) => !isNotice(delivery)),
    known,
  );
  return [...first, ...(await sendDeliveries(deps, attempt, deliveries.filter(isNotice), known))];
}

function isRing(delivery: Delivery): delivery is Ring {
  return delivery.notification.kind === 'incoming-call';
}

async function rememberRung(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  { notification, devices }: Ring,
): Promise<void> {
  const { callId, recipientId, callerId, callerName } = notification;
  try {
    await deps.calls.rememberRung(callId, recipientId, {
      atMs: deps.clock(),
      deviceIds: devices.map((device) => device.deviceId),
      callerId,
      callerName,
    });
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing: 'ringing without being able to stop it' });
  }
}
