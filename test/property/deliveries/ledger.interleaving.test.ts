import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/deliveries/claim.ts';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import type { TableCells, TableService, TableStore, WriteResult } from '../../../src/storage/tables.ts';

interface Written {
  readonly atMs: number;
  readonly cells: TableCells;
}

interface World {
  nowMs: number;
  /** Every version of the row that storage took, in its order. */
  readonly written: Written[];
}

const event = {
  identity: { source: '/topics/acs', id: 'e1', type: 'Microsoft.Communication.IncomingCall' },
  timeMs: 1_795_338_000_000,
};

/** Storage whose every request waits until the scheduler lets it through, and which notes what was written when. */
function scheduledTables(inner: TableService, scheduler: fc.Scheduler, world: World): TableService {
  const note = async (cells: TableCells, write: () => Promise<WriteResult>): Promise<WriteResult> => {
    const result = await write();
    if (result.kind === 'done') world.written.push({ atMs: world.nowMs, cells });
    return result;
  };
  const wrap = (store: TableStore): TableStore => ({
    ...store,
    get: async (...key) => scheduler.schedule(Promise.resolve()).then(() => store.get(...key)),
    insert: async (p, r, cells) =>
      scheduler.schedule(Promise.resolve()).then(() => note(cells, () => store.insert(p, r, cells))),
    put: async (p, r, cells) =>
      scheduler.schedule(Promise.resolve()).then(() => note(cells, () => store.put(p, r, cells))),
    replace: async (p, r, cells, etag) =>
      scheduler.schedule(Promise.resolve()).then(() => note(cells, () => store.replace(p, r, cells, etag))),
  });
  return { ...inner, table: (name) => wrap(inner.table(name)) };
}

interface Script {
  readonly leaseMs: number;
  /** How often the owner renews its lease before it ends. */
  readonly renewals: number;
  readonly workMs: number;
  readonly end: 'settles' | 'releases' | 'dies';
}

interface Told {
  readonly claims: { readonly attempt: number; readonly atMs: number }[];
  readonly settled: number[];
}

async function play(ledger: Ledger, world: World, owner: string, script: Script, told: Told): Promise<void> {
  const request = {
    owner,
    payloadHash: 'h1',
    contentHash: 'c1',
    nowMs: world.nowMs,
    leaseMs: script.leaseMs,
  };
  const result = await ledger.claim(event, request);
  if (result.kind !== 'claimed') return;
  told.claims.push({ attempt: result.claim.attempt, atMs: request.nowMs });
  let { claim } = result;
  for (let renewal = 0; renewal < script.renewals; renewal += 1) {
    world.nowMs += script.workMs;
    const renewed = await ledger.renew(claim, script.leaseMs, world.nowMs);
    if (renewed.kind === 'renewed') claim = renewed.claim;
  }
  if (script.end === 'dies') return;
  world.nowMs += script.workMs;
  const final = script.end === 'settles';
  const outcomes = new Map([[owner, 'accepted'] as const]);
  const settled = await ledger.settle(claim, outcomes, { final, nowMs: world.nowMs });
  if (settled.kind === 'settled' && final) told.settled.push(result.claim.attempt);
}

const scripts = fc.array(
  fc.record<Script>({
    leaseMs: fc.constantFrom(0, 10, 1_000),
    renewals: fc.constantFrom(0, 0, 1, 2),
    workMs: fc.constantFrom(0, 5, 50),
    end: fc.constantFrom('settles', 'releases', 'dies'),
  }),
  { minLength: 2, maxLength: 5 },
);

async function race(scheduler: fc.Scheduler, cast: readonly Script[]): Promise<{ world: World; told: Told }> {
  const world: World = { nowMs: 1_000_000, written: [] };
  let ids = 0;
  const ledger = createLedger({
    tables: scheduledTables(createMemoryTableService(), scheduler, world),
    newId: () => `id-${++ids}`,
  });
  const told: Told = { claims: [], settled: [] };
  // The first half starts at once; the others come as redeliveries, whenever the scheduler says.
  const runs = cast.map((script, index) =>
    index % 2 === 0
      ? play(ledger, world, `o${index}`, script, told)
      : scheduler.schedule(Promise.resolve()).then(() => play(ledger, world, `o${index}`, script, told)),
  );
  await scheduler.waitFor(Promise.all(runs));
  return { world, told };
}

describe('ledger under every interleaving of its storage requests', () => {
  it('gives an event to one live owner at a time, and never un-settles it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), scripts, async (scheduler, cast) => {
        const { world, told } = await race(scheduler, cast);
        let before: Written | undefined;
        for (const { atMs, cells } of world.written) {
          if (before === undefined) {
            expect(cells).toMatchObject({ state: 'leased', attempt: 1 });
          } else if (cells['state'] === 'leased' && cells['holder'] === before.cells['holder']) {
            // A renewal: of what is still at work.
            expect(before.cells['state']).toBe('leased');
            expect(cells['attempt']).toBe(before.cells['attempt']);
          } else if (cells['state'] === 'leased') {
            // A take-over: of what was given back, or of a lease that is over; never of what is done.
            expect(before.cells['state']).not.toBe('settled');
            if (before.cells['state'] === 'leased') {
              expect(atMs).toBeGreaterThanOrEqual(Number(before.cells['leaseUntilMs']));
            }
            expect(cells['attempt']).toBe(Number(before.cells['attempt']) + 1);
          } else {
            // An end: only of the owner's own claim.
            expect(before.cells).toMatchObject({ state: 'leased', holder: cells['holder'] });
            expect(cells['attempt']).toBe(before.cells['attempt']);
          }
          before = { atMs, cells };
        }
        const attempts = told.claims.map((claim) => claim.attempt);
        expect(new Set(attempts).size).toBe(attempts.length);
        expect(told.settled.length).toBe(before?.cells['state'] === 'settled' ? 1 : 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets exactly one of many simultaneous claims through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 8 }), async (scheduler, count) => {
        const cast = Array.from(
          { length: count },
          () => ({ leaseMs: 1, renewals: 0, workMs: 0, end: 'dies' }) as const,
        );
        const { told } = await race(scheduler, cast);
        expect(told.claims).toEqual([{ attempt: 1, atMs: 1_000_000 }]);
      }),
      { numRuns: 300 },
    );
  });
});
