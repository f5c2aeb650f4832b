import type { CallNotification } from '../notifications/notification.ts';
import type { Attempt } from './attempt.ts';
import type { Delivery } from './delivery.ts';
import { missedCall } from './missed-call.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import { stopRinging } from './stop-ringing.ts';

/**
 * What a ring still asks for once it has been sent. Devices whose push came too late get the notice of a missed call.
 * And when the call was answered or ended while the ring was under way, the event that said so may have found nobody
 * rung yet: then the devices that ring now are told here.
 */
export async function followUpRing(
  deps: RelayDeps,
  attempt: Attempt,
  { notification, devices }: Delivery & { readonly notification: CallNotification },
  reports: readonly PushReport[],
): Promise<readonly Delivery[]> {
  const devicesOf = (condition: (report: PushReport) => boolean) => {
    const ids = new Set(reports.filter(condition).map(({ deviceId }) => deviceId));
    return devices.filter((device) => ids.has(device.deviceId));
  };
  const late = devicesOf(({ outcome }) => outcome.kind === 'expired');
  const ringing = devicesOf(mayRing);
  const followUps: Delivery[] = [];
  if (late.length > 0) {
    followUps.push({ notification: missedCall(notification, deps.mapping), devices: late });
  }
  if (ringing.length === 0) return followUps;
  const stopping = await whyStop(deps, attempt, notification);
  if (stopping === undefined) return followUps;
  const event = { identity: notification.identity, timeMs: deps.clock() };
  for (const stop of stopRinging(stopping, notification, event, deps.mapping)) {
    followUps.push({ notification: stop, devices: ringing });
  }
  return followUps;
}

// A late ring ends by itself.
function mayRing({ outcome, mayHaveArrived }: PushReport): boolean {
  if (outcome.kind === 'expired') return false;
  return outcome.kind === 'accepted' || outcome.kind === 'unknown' || mayHaveArrived === true;
}

async function whyStop(
  deps: RelayDeps,
  attempt: Attempt,
  ring: CallNotification,
): Promise<'answered' | 'missed' | undefined> {
  try {
    const call = await deps.calls.readCall(ring.callId, deps.clock());
    const joined = call.joined.some(
      (user) => user.userId === ring.recipientId && user.firstAtMs >= ring.sentAtMs,
    );
    if (joined) return 'answered';
    return call.endedAtMs === undefined ? undefined : 'missed';
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing: 'not looking whether the ring is over' });
    return undefined;
  }
}
