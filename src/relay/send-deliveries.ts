import { type DeviceOutcome, deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { buildPush } from '../notifications/build-push.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Delivery } from './delivery.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import { sendPush } from './send-push.ts';
import { watchPush } from './watch-push.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/** What is known of a push from earlier attempts, by its key. */
export type KnownOutcome = (key: string) => DeviceOutcome;

/** What is sent to a device after a push to it. */
export type FollowUp = (report: PushReport, device: Device) => Promise<readonly PushReport[]>;

/**
 * Sends deliveries to all their devices side by side, leaving out what earlier attempts finished. One device's failure
 * never keeps another waiting.
 *
 * @returns a report for each push, those of the follow-ups included
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` before anything is sent
 */
export async function sendDeliveries(
  deps: RelayDeps,
  attempt: WatchedAttempt,
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
      const report = await watchPush(deps, attempt, subject, sentAtMs, (scope) =>
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
