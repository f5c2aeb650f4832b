import type { Case } from './case.ts';
import type { Ringing } from './phone.ts';
import type { Truth } from './truth.ts';

// Long enough for a stop to go out and arrive, retries and all.
const graceMs = 8_000;

/**
 * A phone rings on when it rang until the ring timed out, although
 *
 * - its call was over or its user had joined, and the event that says so was handled without failure, and
 * - the ring's own event was handled without failure after that or before,
 *
 * both at least eight seconds before the end. The relay is not to blame when it sent a stop for this phone and the hub
 * dropped it. Rings for which the call memory was down, according to the log, are counted separately.
 */
export function judgeRinging(facts: Case): {
  readonly ringingOn: readonly string[];
  readonly excusedRings: number;
} {
  const ringingOn: string[] = [];
  let excusedRings = 0;
  for (const phone of facts.world.phones.values()) {
    for (const ring of phone.rings.values()) {
      if (ring.stoppedAtMs !== undefined || !couldBeStopped(facts, ring, phone.deviceId)) continue;
      if (memoryFailed(facts, ring.callId)) excusedRings += 1;
      else ringingOn.push(`${ring.callId} on ${phone.deviceId}`);
    }
  }
  return { ringingOn, excusedRings };
}

function couldBeStopped(facts: Case, { callId, expiresAtMs }: Ringing, deviceId: string): boolean {
  const { byThing, devicesOf, postsOf } = facts;
  const about = byThing.get(callId) ?? [];
  const ring = about.find(
    ({ kind, userId }) =>
      kind === 'ring' && (devicesOf.get(userId ?? '') ?? []).some((device) => device.deviceId === deviceId),
  );
  const stop = about.some(
    (truth) =>
      (truth.kind === 'ended' || (truth.kind === 'joined' && truth.userId === ring?.userId)) &&
      isHandledBefore(facts, truth, expiresAtMs - graceMs),
  );
  if (ring === undefined || !stop || !isHandledBefore(facts, ring, expiresAtMs - graceMs)) return false;
  const stopsSent = about
    .flatMap(({ id }) => postsOf.get(id) ?? [])
    .filter((post) => post.deviceId === deviceId && /^call-(?:answered|ended)$/.test(post.kind));
  return stopsSent.every(({ arrived }) => arrived);
}

function isHandledBefore({ handledOf }: Case, { id }: Truth, atMs: number): boolean {
  return (handledOf.get(id) ?? []).some(({ report, untilMs }) => {
    const isDone =
      report !== undefined && report.kind !== 'deferred' && !(report.kind === 'pushed' && !report.settled);
    return isDone && untilMs !== undefined && untilMs < atMs;
  });
}

function memoryFailed({ byThing, handledOf }: Case, callId: string): boolean {
  return (byThing.get(callId) ?? []).some(({ id }) =>
    (handledOf.get(id) ?? []).some(({ lines }) => lines.includes('call-memory-unavailable')),
  );
}
