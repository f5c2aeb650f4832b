import type { Device } from '../devices/device.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import type { CallNotification } from '../notifications/notification.ts';
import type { Attempt } from './attempt.ts';
import type { Delivery } from './delivery.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import { whyOver } from './why-over.ts';

/**
 * What a ring to one device still asks for once it has been sent. If it came too late, the notice of a missed call, unless
 * the user is in the call by now. If it rings, and the call was answered or ended while the ring was under way, the stop:
 * the event that said so may have found nobody rung yet.
 */
export async function followUpRing(
  deps: RelayDeps,
  attempt: Attempt,
  ring: CallNotification,
  device: Device,
  report: PushReport,
): Promise<readonly Delivery[]> {
  const isLate = report.outcome.kind === 'expired';
  if (!isLate && !mayRing(report)) return [];
  const why = await whyOver(deps, attempt, ring, 'not looking whether the ring is over');
  const devices = [device];
  if (isLate) return why === 'answered' ? [] : [{ notification: missedCall(ring, deps.mapping), devices }];
  if (why === undefined) return [];
  const event = { identity: ring.identity, timeMs: deps.clock() };
  return stopRinging(why, ring, event, deps.mapping).map((notification) => ({ notification, devices }));
}

function mayRing({ outcome, mayHaveArrived }: PushReport): boolean {
  return outcome.kind === 'accepted' || outcome.kind === 'unknown' || mayHaveArrived === true;
}
