import fc from 'fast-check';
import { expect } from 'vitest';
import type {
  Claim,
  ClaimResult,
  EventKey,
  Ledger,
  RenewResult,
  SettleResult,
} from '../../../../src/deliveries/claim.ts';
import { sweep } from '../../../../src/deliveries/day-tables.ts';
import type { DeviceOutcome } from '../../../../src/deliveries/outcomes.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import type { TableService } from '../../../../src/storage/tables.ts';
import type { FaultyTables } from './create-faulty-tables.ts';
import {
  type Fault,
  type Model,
  type ModelAnswer,
  type ModelAsk,
  modelClaim,
  modelRenew,
  modelSettle,
} from './ledger-model.ts';

/** The real ledger, and the claims it gave: `claims[i]` belongs to the model's `claims[i]`. */
export interface Real {
  readonly ledger: Ledger;
  readonly tables: TableService;
  readonly arm: FaultyTables['arm'];
  readonly overtake: FaultyTables['overtake'];
  readonly claims: Claim[];
}

type Command = fc.AsyncCommand<Model, Real>;

/** 2026-11-22T23:59:59.900Z: a run crosses midnight. */
export const startMs = 1_795_391_999_900;
const oldMs = startMs - 5 * 86_400_000;

/** Events 0 and 1 differ in type only; event 2 is five days old. */
export const events: readonly EventKey[] = [
  { identity: { source: '/Topics/ACS', id: 'e1', type: 'A' }, timeMs: startMs },
  { identity: { source: '/topics/acs', id: 'e1', type: 'B' }, timeMs: startMs },
  { identity: { source: '/topics/acs', id: 'e1', type: 'A' }, timeMs: oldMs },
];

const answer = async (
  work: () => Promise<ClaimResult | RenewResult | SettleResult>,
): Promise<ModelAnswer> => {
  try {
    const result = await work();
    if (result.kind === 'claimed') {
      const { attempt, outcomes, unlisted } = result.claim;
      return { kind: 'claimed', attempt, outcomes: Object.fromEntries(outcomes), unlisted };
    }
    if (result.kind === 'renewed') return { kind: 'renewed' };
    return 'outcomes' in result ? { ...result, outcomes: Object.fromEntries(result.outcomes) } : result;
  } catch (error) {
    expect(error).toBeInstanceOf(RelayError);
    return { kind: 'error' };
  }
};

function claim(ask: ModelAsk, nowMs: number, real: Real): Promise<ModelAnswer> {
  const event = events[ask.event];
  if (event === undefined) throw new Error('no such event');
  const { hash: payloadHash, leaseMs, redrive } = ask;
  return answer(async () => {
    const result = await real.ledger.claim(event, {
      owner: 'same-name',
      payloadHash,
      contentHash: payloadHash,
      nowMs,
      leaseMs,
      redrive,
    });
    if (result.kind === 'claimed') real.claims.push(result.claim);
    return result;
  });
}

function claimCommand(ask: ModelAsk): Command {
  return {
    check: () => true,
    toString: () => `claim(${JSON.stringify(ask)})`,
    async run(model, real) {
      const expected = modelClaim(model, ask);
      real.arm(ask.fault);
      expect(await claim(ask, model.nowMs, real)).toEqual(expected);
    },
  };
}

/** Two owners want one row: the first has read it and is about to take it over when the second takes it. */
function overtakenClaimCommand(slow: ModelAsk, fast: ModelAsk): Command {
  return {
    check: (model) => model.rows.has(slow.event),
    toString: () => `overtakenClaim(${JSON.stringify({ slow, fast })})`,
    async run(model, real) {
      const alone = modelClaim({ ...model, rows: new Map(model.rows), claims: [] }, slow);
      const expectedFast = alone.kind === 'claimed' ? modelClaim(model, fast) : undefined;
      const expectedSlow = modelClaim(model, slow);
      let actualFast: ModelAnswer | undefined;
      real.arm(undefined);
      real.overtake(async () => {
        actualFast = await claim(fast, model.nowMs, real);
      });
      const actualSlow = await claim(slow, model.nowMs, real);
      expect({ fast: actualFast, slow: actualSlow }).toEqual({ fast: expectedFast, slow: expectedSlow });
    },
  };
}

function settleCommand(
  pick: number,
  outcomes: Readonly<Record<string, DeviceOutcome>>,
  final: boolean,
  fault: Fault | undefined,
): Command {
  return {
    check: (model) => model.claims.some((claim) => !claim.crashed),
    toString: () => `settle(${JSON.stringify({ pick, outcomes, final, fault })})`,
    async run(model, real) {
      const alive = model.claims.flatMap((claim, index) => (claim.crashed ? [] : [{ claim, index }]));
      const chosen = alive[pick % alive.length];
      const claim = real.claims[chosen?.index ?? -1];
      if (chosen === undefined || claim === undefined) throw new Error('no such claim');
      const expected = modelSettle(model, chosen.claim, outcomes, final, fault);
      real.arm(fault);
      const settled = new Map(Object.entries(outcomes));
      const actual = await answer(() => real.ledger.settle(claim, settled, { final, nowMs: model.nowMs }));
      expect(actual).toEqual(expected);
    },
  };
}

function renewCommand(pick: number, leaseMs: number, isHeard: boolean, fault: Fault | undefined): Command {
  return {
    check: (model) => model.claims.some((claim) => !claim.crashed),
    toString: () => `renew(${JSON.stringify({ pick, leaseMs, isHeard, fault })})`,
    async run(model, real) {
      const alive = model.claims.flatMap((claim, index) => (claim.crashed ? [] : [{ claim, index }]));
      const chosen = alive[pick % alive.length];
      const claim = real.claims[chosen?.index ?? -1];
      if (chosen === undefined || claim === undefined) throw new Error('no such claim');
      const expected = modelRenew(model, chosen.claim, leaseMs, isHeard, fault);
      real.arm(fault);
      const actual = await answer(async () => {
        const renewed = await real.ledger.renew(claim, leaseMs, model.nowMs);
        if (renewed.kind === 'renewed' && isHeard) real.claims[chosen.index] = renewed.claim;
        return renewed;
      });
      expect(actual).toEqual(expected);
    },
  };
}

/** The owner of a claim dies: it will never settle. Its lease runs on. */
function crashCommand(pick: number): Command {
  return {
    check: (model) => model.claims.length > 0,
    toString: () => `crash(${pick})`,
    async run(model) {
      const claim = model.claims[pick % model.claims.length];
      if (claim !== undefined) claim.crashed = true;
    },
  };
}

function advanceCommand(ms: number): Command {
  return {
    check: () => true,
    toString: () => `advance(${ms})`,
    async run(model) {
      model.nowMs += ms;
    },
  };
}

/** Goes to the very end of a lease, or one millisecond beside it, where mistakes live. */
function advanceToLeaseEndCommand(event: number, offsetMs: number): Command {
  return {
    check: (model) => (model.rows.get(event)?.freeAtMs ?? 0) + offsetMs > model.nowMs,
    toString: () => `advanceToLeaseEnd(${event}, ${offsetMs})`,
    async run(model) {
      model.nowMs = (model.rows.get(event)?.freeAtMs ?? 0) + offsetMs;
    },
  };
}

function sweepCommand(): Command {
  return {
    check: () => true,
    toString: () => 'sweep',
    async run(model, real) {
      const report = await sweep({ tables: real.tables, nowMs: model.nowMs, keepDays: 3, chatTtlMs: 0 });
      expect(report.failed).toEqual([]);
      model.rows.delete(2);
    },
  };
}

const kinds: readonly DeviceOutcome[] = [
  'accepted',
  'rejected',
  'expired',
  'throttled',
  'unavailable',
  'unknown',
  'misconfigured',
  'untried',
];
const outcomes = fc.dictionary(fc.constantFrom('phone', 'tablet', 'watch'), fc.constantFrom(...kinds), {
  maxKeys: 3,
});
const faults = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record<Fault>({
      atWrite: fc.constantFrom(0, 1),
      kind: fc.constantFrom('fails', 'answer-lost', 'sdk-repeats'),
    }),
  },
);
const eventIndex = fc.constantFrom(0, 0, 0, 1, 2);
const rarely = fc.constantFrom(false, false, false, true);

const asks = fc.record<ModelAsk>({
  event: eventIndex,
  hash: fc.constantFrom('h1', 'h1', 'h1', 'h1', 'h2'),
  leaseMs: fc.integer({ min: 0, max: 100 }),
  redrive: rarely,
  fault: faults,
});

/** Every command, with claims of one event by several owners the most frequent. */
export const ledgerCommands = [
  asks.map(claimCommand),
  fc
    .tuple(asks, asks)
    .map(([slow, fast]) =>
      overtakenClaimCommand({ ...slow, fault: undefined }, { ...fast, event: slow.event, fault: undefined }),
    ),
  fc
    .tuple(fc.nat(9), outcomes, fc.boolean(), faults)
    .map(([pick, result, final, fault]) => settleCommand(pick, result, final, fault)),
  fc
    .tuple(fc.nat(9), fc.nat(100), fc.boolean(), faults)
    .map(([pick, leaseMs, isHeard, fault]) => renewCommand(pick, leaseMs, isHeard, fault)),
  fc.nat(9).map(crashCommand),
  fc.nat(150).map(advanceCommand),
  fc.tuple(eventIndex, fc.constantFrom(-1, 0, 1)).map(([event, ms]) => advanceToLeaseEndCommand(event, ms)),
  fc.constant(sweepCommand()),
];
