import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { breakableTableService } from '../../support/breakable-table-service.ts';
import { startMs } from '../../support/open-registry.ts';
import { openRegistryOn } from '../../support/open-registry-on.ts';

const dayMs = 86_400_000;
const nightMs = startMs + dayMs;
const users = [
  { id: '8:acs:r_ada', handles: ['a1'.repeat(32), 'a2'.repeat(32)] },
  { id: '8:acs:r_bob', handles: ['b1'.repeat(32), 'b2'.repeat(32)] },
] as const;
const bounds = { limit: 1_000, deadlineMs: Number.POSITIVE_INFINITY };
const user = fc.constantFrom(...users);
const handleIndex = fc.constantFrom<0 | 1>(0, 1);
const crashAfter = fc.option(fc.nat(12), { nil: undefined });

/** A registry at night whose requests to `devices`, `handles` and writes to the index the scheduler puts in order. */
function openSlow(tables: TableService, scheduler: fc.Scheduler, crashAfter: number | undefined) {
  let steps = 0;
  const before = async () => {
    await scheduler.schedule(Promise.resolve());
    steps += 1;
    if (crashAfter !== undefined && steps > crashAfter) throw new Error('crashed');
  };
  const slow = breakableTableService(tables, { before });
  const opened = openRegistryOn({
    ...slow,
    // The scheduler leaves out the 256 reads of a day, which would dominate every schedule.
    table: (name) => ({ ...slow.table(name), ...(name.startsWith('expiries') ? listOf(tables, name) : {}) }),
  });
  opened.time.nowMs = nightMs;
  return opened.registry;
}

function listOf(tables: TableService, name: string) {
  return { list: (partition: string) => tables.table(name).list(partition) };
}

async function settle(act: Promise<unknown>): Promise<'done' | 'crashed'> {
  try {
    await act;
    return 'done';
  } catch (error) {
    if (error instanceof Error && error.message === 'crashed') return 'crashed';
    // Ten stale rounds in a row are reported to the caller; any other error is a bug.
    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    return 'crashed';
  }
}

/**
 * Checks that one sweep, long after, leaves no rows. Rows of handles are checked only if every registration finished: one
 * that was overtaken, claimed its handle nevertheless and then crashed leaves that row until the handle is registered.
 */
async function assertSweptClean(tables: TableService, allEnded: boolean): Promise<void> {
  const { registry, time } = openRegistryOn(tables);
  time.nowMs = nightMs + 10 * dayMs;
  expect(await registry.sweepExpired(bounds)).toMatchObject({ failed: 0, busy: 0, cutShort: false });
  for (const { id, handles } of users) {
    expect(await tables.table('devices').list(id)).toEqual([]);
    if (!allEnded) continue;
    for (const handle of handles) expect(await tables.table('handles').list(hashHandle(handle))).toEqual([]);
  }
  expect(await tables.listTables('expiries')).toEqual([]);
}

describe('sweeps that run concurrently with other operations', () => {
  it('never remove a renewed device, and find it once it has expired again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.record({ user, handle: handleIndex, crashAfter }), { minLength: 1, maxLength: 3 }),
        fc.array(crashAfter, { minLength: 1, maxLength: 2 }),
        async (scheduler, renewals, sweeps) => {
          const tables = createMemoryTableService();
          const { registry, time } = openRegistryOn(tables);
          for (const { id, handles } of users) {
            await registry.register(id, 'phone', { platform: 'apns', handle: handles[0] });
          }
          time.nowMs = nightMs;
          const runs = [
            ...renewals.map(async ({ user: { id, handles }, handle, crashAfter }) => {
              const slow = openSlow(tables, scheduler, crashAfter);
              const body = { platform: 'apns' as const, handle: handles[handle] };
              if ((await settle(slow.register(id, 'phone', body))) === 'crashed') return 'crashed';
              // At once, and whatever the sweeps do from now on.
              expect(await registry.list(id)).toHaveLength(1);
              return id;
            }),
            ...sweeps.map(async (crashAfter) => {
              await settle(openSlow(tables, scheduler, crashAfter).sweepExpired(bounds));
              return undefined;
            }),
          ];
          const renewed = await scheduler.waitFor(Promise.all(runs));
          const living = renewed.filter((id) => id !== undefined && id !== 'crashed');
          for (const id of living) expect(await registry.list(id ?? '')).toHaveLength(1);
          expect(await registry.sweepExpired(bounds)).toMatchObject({ failed: 0 });
          for (const id of living) expect(await registry.list(id ?? '')).toHaveLength(1);
          await assertSweptClean(tables, !renewed.includes('crashed'));
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  it('leave no rows in the end, whatever runs concurrently and crashes', async () => {
    type Act = (registry: DeviceRegistry) => Promise<unknown>;
    const anyHandle = fc.constantFrom(...users.flatMap(({ handles }) => handles));
    const registers = fc.tuple(user, anyHandle).map(
      ([{ id }, handle]): Act =>
        (registry) =>
          registry.register(id, 'phone', { platform: 'apns', handle }),
    );
    const others = fc.constantFrom<Act>(
      (registry) => registry.remove(users[0].id, 'phone'),
      (registry) => registry.erase(users[1].id),
      (registry) => registry.prune(users[0].handles[0], nightMs + 1),
      (registry) => registry.sweepExpired(bounds),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(registers, { maxLength: 3 }),
        fc.array(fc.record({ act: fc.oneof(registers, others), crashAfter }), { minLength: 2, maxLength: 4 }),
        async (scheduler, before, together) => {
          const tables = createMemoryTableService();
          for (const act of before) await act(openRegistryOn(tables).registry);
          const runs = together.map(({ act, crashAfter }) =>
            settle(act(openSlow(tables, scheduler, crashAfter))),
          );
          const ends = await scheduler.waitFor(Promise.all(runs));
          await assertSweptClean(tables, !ends.includes('crashed'));
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});
