import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { breakableTableService } from '../../support/breakable-table-service.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, startMs } from '../../support/open-registry.ts';
import { openRegistryOn } from '../../support/open-registry-on.ts';

const ada = '8:acs:r_ada';
const h1 = 'a1'.repeat(32);
const dayMs = 86_400_000;
const phone = { platform: 'apns' as const, handle: h1 };
const bounds = { limit: 1_000, deadlineMs: Number.POSITIVE_INFINITY };

describe('a removal that is overtaken by another one and by a registration on the same day', () => {
  it('leaves the entry in the expiry index to the registration, at every point of interruption', async () => {
    let waits = 0;
    // A removal takes about ten requests, a registration as well; one that never waits runs through.
    for (let at = 1; at <= 10; at += 1) {
      for (let pause = 1; pause <= 10; pause += 1) {
        const tables = createMemoryTableService();
        const { registry, time } = openRegistryOn(tables);
        await registry.register(ada, 'phone', phone);

        const gate = Promise.withResolvers<void>();
        const reached = Promise.withResolvers<void>();
        let step = 0;
        const paused = breakableTableService(tables, {
          before: async () => {
            step += 1;
            if (step !== pause) return;
            waits += 1;
            reached.resolve();
            await gate.promise;
          },
        });
        let registered: Promise<unknown> = Promise.resolve();
        let removalStep = 0;
        const overtaken = breakableTableService(tables, {
          before: async () => {
            removalStep += 1;
            if (removalStep !== at) return;
            await registry.remove(ada, 'phone');
            registered = openRegistryOn(paused).registry.register(ada, 'phone', phone);
            await Promise.race([reached.promise, registered]);
          },
        });
        await openRegistryOn(overtaken).registry.remove(ada, 'phone');
        gate.resolve();
        await registered;

        time.nowMs = startMs + 10 * dayMs;
        expect(await registry.sweepExpired(bounds)).toMatchObject({ failed: 0, busy: 0 });
        expect(await tables.table('devices').list(ada)).toEqual([]);
        expect(await tables.table('handles').list(hashHandle(h1))).toEqual([]);
        expect(await tables.listTables('expiries')).toEqual([]);
      }
    }
    expect(waits).toBeGreaterThan(20);
  });
});

describe('a sweep that is overtaken by a renewal', () => {
  it('keeps the device, at each of its reads, and erasing still finds everything', async () => {
    let overtakings = 0;
    for (let at = 1; at <= 8; at += 1) {
      for (const aliveAtFirst of [true, false]) {
        const tables = createMemoryTableService();
        const { registry, time } = openRegistryOn(tables);
        await registry.register(ada, 'phone', phone);
        time.nowMs = startMs + dayMs;
        if (aliveAtFirst) await registry.register(ada, 'phone', phone);

        let step = 0;
        const devices = breakableTableStore(tables.table('devices'), {
          before: async () => {
            step += 1;
            if (step !== at) return;
            overtakings += 1;
            await registry.register(ada, 'phone', phone);
          },
        });
        const sweeping = openRegistry(devices, tables.table('handles'), 3, tables);
        sweeping.time.nowMs = startMs + dayMs;
        const swept = await sweeping.registry.sweepExpired(bounds);
        expect(swept).toMatchObject({ failed: 0, busy: 0, dropped: 1 });
        expect(await registry.list(ada)).toHaveLength(step >= at || aliveAtFirst ? 1 : 0);

        await registry.erase(ada);
        expect(await tables.table('devices').list(ada)).toEqual([]);
        expect(await tables.table('handles').list(hashHandle(h1))).toEqual([]);
        time.nowMs += 10 * dayMs;
        expect(await registry.sweepExpired(bounds)).toMatchObject({ removed: 0, kept: 0, gone: 0 });
      }
    }
    expect(overtakings).toBeGreaterThan(5);
  });
});
