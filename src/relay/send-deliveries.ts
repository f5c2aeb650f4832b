import { type DeviceOutcome, deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { buildPush } from '../notifications/build-push.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import type { CallNotification, Notification } from '../notifications/notification.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { readCallState } from './call-state.ts';
import type { PushReport } from './event-report.ts';
import { observePush } from './observe-push.ts';
import type { Delivery } from './recipients.ts';
import { sendPush } from './send-push.ts';

/** What is known of a push from earlier attempts, by its key. */
export type KnownOutcome = (key: string) => DeviceOutcome;

/**
 * Sends the deliveries of one event. While a ring goes out it is written down who is rung, so that the ringing can be
 * stopped. Whatever the ring still asks for is sent to each device as soon as its ring is out: a phone that rings does not
 * wait for one that cannot be reached.
 */
export async function sendAll(
  deps: RelayDeps,
  attempt: ObservedAttempt,
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

type Ring = Delivery & { readonly notification: CallNotification };

function isRing(delivery: Delivery): delivery is Ring {
  return delivery.notification.kind === 'incoming-call';
}

// A phone that is off keeps the last push of a collapse id: that must be the notice of the missed call, not the stop.
async function sendInOrder(
  deps: RelayDeps,
  attempt: ObservedAttempt,
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

/** What is sent to a device after a push to it. */
type FollowUp = (report: PushReport, device: Device) => Promise<readonly PushReport[]>;

/**
 * Sends deliveries to all their devices side by side, leaving out what earlier attempts finished. One device's failure
 * never keeps another waiting.
 *
 * @returns a report for each push, those of the follow-ups included
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` before anything is sent
 */
async function sendDeliveries(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
  followUp: FollowUp = async () => [],
): Promise<readonly PushReport[]> {
  const nowMs = deps.clock();
  const options = { voipHub: deps.voipHub !== undefined, defaultLocale: deps.defaultLocale };
  const pushes = deliveries.flatMap(({ notification, devices }) =>
    devices
      .filter((device) => isOpen(notification, device, known))
      .map((device) => {
        const push = buildPush(notification, device, { ...options, nowMs });
        // A push tells the time it has left in whole seconds: while those are the same, so is the push.
        const secondsLeft = (atMs: number) => Math.floor((notification.expiresAtMs - atMs) / 1000);
        const buildAt = (atMs: number) =>
          secondsLeft(atMs) === secondsLeft(nowMs)
            ? push
            : buildPush(notification, device, { ...options, nowMs: atMs });
        return { notification, device, target: push.target, buildAt };
      }),
  );
  const reports = await Promise.all(
    pushes.map(async ({ notification, device, target, buildAt }) => {
      const isVoip = target === 'voip';
      const hubs = isVoip ? (deps.voipHub ?? deps.alertHub) : deps.alertHub;
      const handle = isVoip ? (device.voipHandle ?? device.handle) : device.handle;
      const { kind, sentAtMs, expiresAtMs } = notification;
      const { recipientId, deviceId, platform } = device;
      const subject = { kind, recipientId, deviceId, platform, target };
      const report = await observePush(deps, attempt, subject, sentAtMs, (scope) =>
        sendPush(deps, hubs, { expiresAtMs, buildAt }, handle, attempt.budgetEndsMs, scope),
      );
      return [report, ...(await followUp(report, device))];
    }),
  );
  return reports.flat();
}

function isOpen(notification: Notification, device: Device, known: KnownOutcome): boolean {
  const { recipientId, deviceId } = device;
  return !isFinalOutcome(known(deliveryKey({ recipientId, deviceId, kind: notification.kind })));
}

async function rememberRung(
  deps: RelayDeps,
  attempt: ObservedAttempt,
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

/**
 * What a ring to one device still asks for once it has been sent. If it came too late, the notice of a missed call, unless
 * the user is in the call by now. If it rings, and the call was answered or ended while the ring was under way, the stop:
 * the event that said so may have found nobody rung yet.
 */
async function followUpRing(
  deps: RelayDeps,
  attempt: Attempt,
  ring: CallNotification,
  device: Device,
  report: PushReport,
): Promise<readonly Delivery[]> {
  const isLate = report.outcome.kind === 'expired';
  if (!isLate && !mayBeRinging(report)) return [];
  const why = await readCallState(deps, attempt, ring, 'not looking whether the ring is over');
  const devices = [device];
  if (isLate) return why === 'answered' ? [] : [{ notification: missedCall(ring, deps.mapping), devices }];
  if (why === undefined) return [];
  const event = { identity: ring.identity, timeMs: deps.clock() };
  return stopRinging(why, ring, event, deps.mapping).map((notification) => ({ notification, devices }));
}

function mayBeRinging({ outcome, mayHaveArrived }: PushReport): boolean {
  return outcome.kind === 'accepted' || outcome.kind === 'unknown' || mayHaveArrived === true;
}
