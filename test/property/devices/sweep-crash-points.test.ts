import { describe, expect, it } from 'vitest';
import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { breakableTableService } from '../../support/breakable-table-service.ts';
import type { StoreHooks } from '../../support/breakable-table-store.ts';
import { startMs } from '../../support/open-registry.ts';
import { openRegistryOn } from '../../support/open-registry-on.ts';

const ada = '8:acs:r_ada';
const bob = '8:acs:r_bob';
const cyd = '8:acs:r_cyd';
const dayMs = 86_400_000;
const allHandles = ['a1', 'b2', 'c3', 'd4'].map((pair) => pair.repeat(32));
const [h1 = '', h2 = '', h3 = '', v1 = ''] = allHandles;
const both = { platform: 'apns' as const, handle: h1, voipHandle: v1 };
const bounds = { limit: 1_000, deadlineMs: Number.POSITIVE_INFINITY };

type Act = (registry: DeviceRegistry) => Promise<unknown>;

/** Runs `act` at `actMs` with a crash at every request there is, and `check` after each; gives the number of crashes. */
async function atEveryStep(
  prepare: Act,
  act: Act,
  actMs: number,
  check: (tables: TableService) => Promise<void>,
): Promise<number> {
  let crashes = 0;
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; ; n += 1) {
      const tables = createMemoryTableService();
      await prepare(openRegistryOn(tables).registry);
      let step = 0;
      const hooks: StoreHooks = {
        [when]: () => {
          step += 1;
          if (step >= n) throw new Error('crashed');
        },
      };
      const crashing = openRegistryOn(breakableTableService(tables, hooks));
      crashing.time.nowMs = actMs;
      await act(crashing.registry).catch(() => undefined);
      await check(tables);
      if (step < n) break;
      crashes += 1;
    }
  }
  return crashes;
}

async function sweepAt(tables: TableService, nowMs: number) {
  const { registry, time } = openRegistryOn(tables);
  time.nowMs = nowMs;
  return registry.sweepExpired(bounds);
}

async function assertNothingIsLeft(tables: TableService): Promise<void> {
  for (const user of [ada, bob, cyd]) expect(await tables.table('devices').list(user)).toEqual([]);
  for (const handle of allHandles) expect(await tables.table('handles').list(hashHandle(handle))).toEqual([]);
  expect(await tables.listTables('expiries')).toEqual([]);
}

const prepare: Act = async (registry) => {
  await registry.register(ada, 'phone', both);
  await registry.register(bob, 'phone', { platform: 'apns', handle: h2 });
};
const acts: readonly [string, Act][] = [
  ['a first registration', (registry) => registry.register(cyd, 'phone', { platform: 'apns', handle: h3 })],
  ['a registration that takes handles', (registry) => registry.register(cyd, 'phone', both)],
  [
    'a registration with a new handle',
    (registry) => registry.register(ada, 'phone', { ...both, handle: h3 }),
  ],
  ['a renewal', (registry) => registry.register(ada, 'phone', both)],
  ['a removal', (registry) => registry.remove(ada, 'phone')],
  ['an erasure', (registry) => registry.erase(ada)],
  ['a prune', (registry) => registry.prune(v1, startMs + 3 * dayMs)],
];

describe.each(acts)('%s that crashes, of a user who never comes back', (_name, act) => {
  it.each([
    ['while everybody lives', startMs + 1],
    ['after the others expired', startMs + 2 * dayMs],
  ])('leaves nothing that the sweeps do not find: %s', async (_when, actMs) => {
    const crashes = await atEveryStep(prepare, act, actMs, async (tables) => {
      await sweepAt(tables, startMs + 10 * dayMs);
      await sweepAt(tables, startMs + 20 * dayMs);
      await assertNothingIsLeft(tables);
    });
    expect(crashes).toBeGreaterThan(2);
  });
});

describe('a sweep that crashes', () => {
  // Ada expired; Bob came back with another handle, Cyd for the first time.
  const nightMs = startMs + dayMs;
  const prepareNight = async (tables: TableService) => {
    const { registry, time } = openRegistryOn(tables);
    time.nowMs = nightMs - 1_000;
    await registry.register(bob, 'phone', { platform: 'apns', handle: h2, voipHandle: h3 });
  };

  it('never removes a live device, and the next sweep finishes the work', async () => {
    let steps = 0;
    for (const when of ['before', 'after'] as const) {
      for (let n = 1, crashed = true; crashed; n += 1) {
        const tables = createMemoryTableService();
        await prepare(openRegistryOn(tables).registry);
        await prepareNight(tables);
        let step = 0;
        const hooks: StoreHooks = {
          [when]: () => {
            step += 1;
            if (step >= n) throw new Error('crashed');
          },
        };
        const crashing = openRegistryOn(breakableTableService(tables, hooks));
        crashing.time.nowMs = nightMs;
        await crashing.registry.sweepExpired(bounds).catch(() => undefined);
        crashed = step >= n;
        steps += 1;

        const { registry, time } = openRegistryOn(tables);
        time.nowMs = nightMs;
        expect(await registry.list(bob)).toMatchObject([{ handle: h2, voipHandle: h3 }]);
        expect(await sweepAt(tables, nightMs)).toMatchObject({ failed: 0, busy: 0, cutShort: false });
        expect(await tables.table('devices').list(ada)).toEqual([]);
        for (const handle of [h1, v1]) {
          expect(await tables.table('handles').list(hashHandle(handle))).toEqual([]);
        }
        expect(await registry.list(bob)).toMatchObject([{ handle: h2, voipHandle: h3 }]);
        expect(await tables.listTables('expiries')).toEqual(['expiries20261031']);
        await sweepAt(tables, nightMs + dayMs);
        await assertNothingIsLeft(tables);
      }
    }
    expect(steps).toBeGreaterThan(500);
  });
});
