import type { CallFact } from './call-fact.ts';
import type { RememberedCall } from './call-memory.ts';

type RungFact = Extract<CallFact, { kind: 'rung' }>;

/** What a call's facts say together. Their order and repetitions make no difference. */
export function foldCallFacts(facts: readonly CallFact[]): RememberedCall {
  const rung = new Map<string, { readonly deviceIds: Set<string>; first: RungFact }>();
  const joined = new Map<string, number>();
  let endedAtMs: number | undefined;
  for (const fact of facts) {
    switch (fact.kind) {
      case 'rung': {
        const user = rung.get(fact.userId) ?? { deviceIds: new Set(), first: fact };
        for (const deviceId of fact.deviceIds) user.deviceIds.add(deviceId);
        user.first = earlier(user.first, fact);
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
    rung: [...rung.entries()].sort(byKey).map(([recipientId, { deviceIds, first }]) => ({
      recipientId,
      deviceIds: [...deviceIds].sort(),
      firstAtMs: first.atMs,
      ...(first.callerId === undefined ? {} : { callerId: first.callerId }),
      ...(first.callerName === undefined ? {} : { callerName: first.callerName }),
    })),
    joined: [...joined.entries()].sort(byKey).map(([userId, firstAtMs]) => ({ userId, firstAtMs })),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
  };
}

// Two rings of the same moment are told apart by their text, so that the order they are read in makes no difference.
function earlier(one: RungFact, other: RungFact): RungFact {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs ? one : other;
  return JSON.stringify(one) < JSON.stringify(other) ? one : other;
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
