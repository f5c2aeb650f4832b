import { type DeviceOutcome, deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { buildPush } from '../notifications/build-push.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import type { CallNotification, Notification } from '../notifications/notification.ts';
import type { HubTarget, Push } from '../notifications/push.ts';
import { omitUndefined } from '../shared/json.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import type { PushReport, PushSubject } from './event-report.ts';
import { observePush, pushSpan } from './observe.ts';
import { recheckPush } from './recheck.ts';
import type { Delivery } from './recipients.ts';
import { readCallState } from './recipients.ts';
import { priorityOf, sendPush } from './send-push.ts';

/** What earlier attempts know of a push, by its delivery key. */
export type KnownOutcome = (key: string) => DeviceOutcome;

/**
 * Sends the deliveries of one event to all their devices side by side, except for pushes that earlier attempts finished.
 * No device waits for a slow or unreachable one.
 *
 * @returns a report for each push, including those that follow a ring
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` before anything is sent
 */
export async function sendDeliveries(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
): Promise<readonly PushReport[]> {
  // An event rings one user, so its ring is its only delivery.
  const ring = deliveries.find(isRing);
  return ring === undefined
    ? sendInOrder(deps, attempt, preparePushes(deps, deliveries, known))
    : sendRing(deps, attempt, ring, known);
}

type Ring = Delivery & { readonly notification: CallNotification };

function isRing(delivery: Delivery): delivery is Ring {
  return delivery.notification.kind === 'incoming-call';
}

/** Rings each device, records who is rung meanwhile, and sends each device its follow-up as soon as its own ring is out. */
async function sendRing(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  ring: Ring,
  known: KnownOutcome,
): Promise<readonly PushReport[]> {
  const remembering = rememberRung(deps, attempt, ring);
  const reports = await Promise.all(
    preparePushes(deps, [ring], known).map(async (push) => {
      const report = await sendToDevice(deps, attempt, push);
      await remembering;
      const followUps = await followUpRing(deps, attempt, ring.notification, push.device, report);
      return [report, ...(await sendInOrder(deps, attempt, preparePushes(deps, followUps, known)))];
    }),
  );
  await remembering;
  return reports.flat();
}

/** Records who is rung, so that the ringing can be stopped. */
async function rememberRung(
  deps: RelayDeps,
  attempt: Attempt,
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
 * What a device needs after its ring was sent. If the ring came too late: the notice of a missed call, unless the user
 * has joined the call by now. If the device may be ringing for a call that was answered or ended meanwhile: the stop,
 * because the event that ended the ringing may have found no record of it yet.
 */
async function followUpRing(
  deps: RelayDeps,
  attempt: Attempt,
  ring: CallNotification,
  device: Device,
  report: PushReport,
): Promise<readonly Delivery[]> {
  const isLate = report.outcome.kind === 'expired';
  if (!isLate && !mayBeRinging(report)) return wasOver(report) ? [missedNotice(deps, ring, device)] : [];
  const state = await readCallState(deps, attempt, ring, 'not checking whether the ring is over');
  const devices = [device];
  if (isLate) return state === 'answered' ? [] : [missedNotice(deps, ring, device)];
  if (state === undefined) return [];
  const event = { identity: ring.identity, timeMs: deps.clock() };
  return stopRinging(state, ring, event, deps.mapping).map((notification) => ({ notification, devices }));
}

// The call ended before its ring reached this device.
function wasOver({ outcome }: PushReport): boolean {
  return outcome.kind === 'dropped' && outcome.reason === 'over';
}

function missedNotice(deps: RelayDeps, ring: CallNotification, device: Device): Delivery {
  return { notification: missedCall(ring, deps.mapping), devices: [device] };
}

function mayBeRinging({ outcome, mayHaveArrived }: PushReport): boolean {
  return outcome.kind === 'accepted' || outcome.kind === 'unknown' || mayHaveArrived === true;
}

// A phone that is off keeps the last push of a collapse id: that must be the notice of the missed call, not the stop.
async function sendInOrder(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  pushes: readonly PreparedPush[],
): Promise<readonly PushReport[]> {
  const isNotice = ({ notification }: PreparedPush) => notification.kind === 'missed-call';
  const send = (push: PreparedPush) => sendToDevice(deps, attempt, push);
  const others = await Promise.all(pushes.filter((push) => !isNotice(push)).map(send));
  const notices = await Promise.all(pushes.filter(isNotice).map(send));
  return [...others, ...notices];
}

/** A push to one device, built and ready to be sent. */
interface PreparedPush {
  readonly notification: Notification;
  readonly device: Device;
  readonly target: HubTarget;
  /** The push for a try at this moment, epoch milliseconds. */
  readonly buildAt: (nowMs: number) => Push;
}

function preparePushes(
  deps: RelayDeps,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
): readonly PreparedPush[] {
  const nowMs = deps.clock();
  const options = { voipHub: deps.voipHub !== undefined, defaultLocale: deps.defaultLocale };
  return deliveries.flatMap(({ notification, devices }) =>
    devices
      .filter((device) => isOpen(notification, device, known))
      .map((device) => {
        const push = buildPush(notification, device, { ...options, nowMs });
        // A push carries its remaining time in whole seconds: it is rebuilt only when those have changed.
        const secondsLeft = (atMs: number) => Math.floor((notification.expiresAtMs - atMs) / 1000);
        const buildAt = (atMs: number) =>
          secondsLeft(atMs) === secondsLeft(nowMs)
            ? push
            : buildPush(notification, device, { ...options, nowMs: atMs });
        return { notification, device, target: push.target, buildAt };
      }),
  );
}

function isOpen({ kind }: Notification, { recipientId, deviceId }: Device, known: KnownOutcome): boolean {
  return !isFinalOutcome(known(deliveryKey({ recipientId, deviceId, kind })));
}

/** Sends one push with all its tries and reports the result. */
function sendToDevice(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  { notification, device, target, buildAt }: PreparedPush,
): Promise<PushReport> {
  const { kind, sentAtMs, expiresAtMs } = notification;
  const { recipientId, deviceId, platform, handle, voipHandle = handle } = device;
  const isVoip = target === 'voip';
  const hubs = isVoip ? (deps.voipHub ?? deps.alertHub) : deps.alertHub;
  const sentTo = isVoip ? voipHandle : handle;
  const subject: PushSubject = { kind, recipientId, deviceId, platform, target };
  return attempt.scope.run(pushSpan(subject, attempt.telemetry.reference), async (scope) => {
    const sent = await sendPush(
      deps,
      hubs,
      {
        expiresAtMs,
        buildAt,
        priority: priorityOf(kind),
        recheck: () => recheckPush(deps, attempt, notification, device, sentTo),
        ...omitUndefined({ mayStartTry: attempt.mayStartTry }),
      },
      sentTo,
      attempt.budgetEndsMs,
      scope,
    );
    const rang = kind === 'incoming-call' && sent.outcome.kind === 'accepted';
    const report = { ...subject, ...sent, ...(rang ? { ringLatencyMs: deps.clock() - sentAtMs } : {}) };
    observePush(deps, attempt, report);
    if (sent.outcome.kind === 'accepted')
      attempt.noteAccepted?.(deliveryKey({ recipientId, deviceId, kind }));
    return report;
  });
}
