import type { CallFact } from './call-fact.ts';
import type { RememberedCall } from './call-memory.ts';

/** What a call's facts say together. Their order and repetitions make no difference. */
export function foldCallFacts(facts: readonly CallFact[]): RememberedCall {
  const rung = new Map<string, { deviceIds: Set<string>; firstAtMs: number }>();
  const joined = new Map<string, number>();
  let endedAtMs: number | undefined;
  for (const fact of facts) {
    switch (fact.kind) {
      case 'rung': {
        const user = rung.get(fact.userId) ?? { deviceIds: new Set(), firstAtMs: fact.atMs };
        for (const deviceId of fact.deviceIds) user.deviceIds.add(deviceId);
        user.firstAtMs = Math.min(user.firstAtMs, fact.atMs);
        rung.set(fact.userId, user);
        break;
      }
      case 'joined':
        joined.set(fact.userId, Math.min(joined.get(fact.userId) ?? fact.atMs, fact.atMs));
        break;
      case 'ended':
        endedAtMs = Math.min(endedAtMs ?? fact.atMs, fact.atMs);
    }
  }
  return {
    rung: [...rung.entries()].sort(byKey).map(([recipientId, { deviceIds, firstAtMs }]) => ({
      recipientId,
      deviceIds: [...deviceIds].sort(),
      firstAtMs,
    })),
    joined: [...joined.entries()].sort(byKey).map(([userId, firstAtMs]) => ({ userId, firstAtMs })),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
  };
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
