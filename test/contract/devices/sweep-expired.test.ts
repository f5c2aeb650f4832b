import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, startMs, ttlMs } from '../../support/open-registry.ts';
import { openRegistryOn } from '../../support/open-registry-on.ts';
import { storages } from '../deliveries/support/storages.ts';

const ada = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const bob = '8:acs:11111111-0000-0000-0000-000000000000_bob';
const h1 = 'a1'.repeat(32);
const h2 = 'b2'.repeat(32);
const v1 = 'c3'.repeat(32);
// startMs is 2026-10-30T09:00Z, and what is registered then expires on the same day.
const dayMs = 86_400_000;
const nextMidnightMs = 1_793_404_800_000;
const nextNightMs = 1_793_416_620_000;
const nothing = { removed: 0, kept: 0, gone: 0, busy: 0, failed: 0, dropped: 0, cutShort: false };
const bounds = { limit: 1_000, deadlineMs: Number.POSITIVE_INFINITY };
const apns = (handle: string, voipHandle?: string) => {
  return { platform: 'apns' as const, handle, ...(voipHandle === undefined ? {} : { voipHandle }) };
};

async function indexRows(tables: TableService): Promise<string[]> {
  const rows: string[] = [];
  for (const name of await tables.listTables('expiries')) {
    for (let shard = 0; shard < 256; shard += 1) {
      const found = await tables.table(name).list(shard.toString(16).padStart(2, '0'));
      rows.push(...found.map(({ cells }) => `${name} ${cells['recipientId']} ${cells['deviceId']}`));
    }
  }
  return rows;
}

describe.each(storages)('sweep of expired devices on $name', ({ tables: open }) => {
  it('removes a device whose user never came back, with its handles and its day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1, v1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
    expect(await tables.table('devices').list(ada)).toEqual([]);
    for (const handle of [h1, v1]) expect(await tables.table('handles').list(hashHandle(handle))).toEqual([]);
    expect(await tables.listTables('expiries')).toEqual([]);
    expect(await registry.sweepExpired(bounds)).toEqual(nothing);
  });

  it('touches neither a day until one hour after its end nor tables that are not named after a day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    await tables.table('expiries2026103').put('p', 'r', {});
    await tables.table('expiriesOf2026').put('p', 'r', {});
    time.nowMs = nextMidnightMs + 3_599_999;
    expect(await registry.sweepExpired(bounds)).toEqual(nothing);
    time.nowMs = nextMidnightMs + 3_600_000;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
    expect(await tables.listTables('expiries')).toEqual(['expiries2026103', 'expiriesOf2026']);
  });

  it('keeps a renewed device, refiles it under its new day and removes it after that day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1, v1));
    time.nowMs = nextNightMs;
    const { device } = await registry.register(ada, 'phone', apns(h1, v1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, kept: 1, dropped: 1 });
    expect(await registry.list(ada)).toEqual([device]);
    expect(await indexRows(tables)).toEqual([`expiries20261031 ${ada} phone`]);
    expect(await registry.prune(v1, nextNightMs + 1)).toEqual({ kind: 'voip-handle-removed' });
    time.nowMs += dayMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
    expect(await tables.table('devices').list(ada)).toEqual([]);
    expect(await tables.listTables('expiries')).toEqual([]);
  });

  it('finds no entry of a device that was removed, erased or moved to another user', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'removed', apns(h1));
    await registry.register(ada, 'erased', apns(h2));
    await registry.remove(ada, 'removed');
    await registry.erase(ada);
    expect(await indexRows(tables)).toEqual([]);
    await registry.register(ada, 'phone', apns(v1));
    await registry.register(bob, 'phone', apns(v1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${bob} phone`]);
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
  });

  it('deletes entries of devices that are gone or filed under a later day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    const [left] = await tables.table('expiries20261030').list('00');
    expect(left).toBeUndefined();
    await tables.table('expiries20261029').put('00', 'x', { recipientId: bob, deviceId: 'gone' });
    await tables.table('expiries20261029').put('01', 'y', { recipientId: 7 });
    await tables.table('expiries20261028').put('02', 'z', { recipientId: ada, deviceId: 'phone' });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, gone: 2, kept: 1, dropped: 2 });
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
  });

  it('stays within its bounds and continues there the next time', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    for (let n = 0; n < 5; n += 1) {
      await registry.register(`8:acs:r_${n}`, 'phone', apns(`${n}${n}`.repeat(32)));
    }
    time.nowMs = nextNightMs;
    const two = { limit: 2, deadlineMs: Number.POSITIVE_INFINITY };
    expect(await registry.sweepExpired(two)).toEqual({ ...nothing, removed: 2, cutShort: true });
    expect(await indexRows(tables)).toHaveLength(3);
    expect(await registry.sweepExpired(two)).toEqual({ ...nothing, removed: 2, cutShort: true });
    expect(await registry.sweepExpired({ limit: 1_000, deadlineMs: nextNightMs })).toEqual({
      ...nothing,
      cutShort: true,
    });
    expect(await registry.sweepExpired(two)).toEqual({ ...nothing, removed: 1, dropped: 1 });
  });

  it('keeps the day of a row that failed and processes all other rows', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    await registry.register(bob, 'phone', apns(h2));
    await tables.table('expiries20261029').put('00', 'x', { recipientId: bob, deviceId: 'gone' });
    const failure = new Error('Not now.');
    const devices = tables.table('devices');
    const get: typeof devices.get = async (recipientId, deviceId) => {
      if (recipientId === ada) throw failure;
      return devices.get(recipientId, deviceId);
    };
    const failing = openRegistry({ ...devices, get }, tables.table('handles'), 3, tables);
    failing.time.nowMs = nextNightMs;
    expect(await failing.registry.sweepExpired(bounds)).toEqual({
      ...nothing,
      removed: 1,
      gone: 1,
      failed: 1,
      dropped: 1,
      failure,
    });
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
  });
});

describe('sweep of expired devices', () => {
  const [memory] = storages;
  const open = () => {
    if (memory === undefined) throw new Error('no storage');
    return memory.tables();
  };

  it('keeps a registration that has just begun and removes it once it counts as crashed', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    const row = await tables.table('devices').get(ada, 'phone');
    time.nowMs = nextNightMs;
    const expiresAtMs = nextNightMs + 365 * dayMs;
    const begun = { ...row?.cells, active: false, registeredAtMs: nextNightMs - 3_599_999, expiresAtMs };
    await tables.table('devices').put(ada, 'phone', begun);
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, busy: 1 });
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
    time.nowMs += 1;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, removed: 1, dropped: 1 });
    expect(await tables.table('handles').list(hashHandle(h1))).toEqual([]);
  });

  it('keeps a device whose row it cannot read, with its entry in the index', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    const row = await tables.table('devices').get(ada, 'phone');
    await tables.table('devices').put(ada, 'phone', { ...row?.cells, platform: 'what', sweepDay: 'someday' });
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, busy: 1 });
    expect(await tables.table('devices').list(ada)).toHaveLength(1);
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
  });

  it('files a device without an entry in the index when it is next renewed or swept', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ada, 'phone', apns(h1));
    const row = await tables.table('devices').get(ada, 'phone');
    const { sweepDay, ...unfiled } = row?.cells ?? {};
    expect(sweepDay).toBe('20261030');
    await tables.dropTable('expiries20261030');
    await tables.table('devices').put(ada, 'phone', unfiled);
    await registry.register(ada, 'phone', apns(h1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ada} phone`]);
    await tables.table('devices').put(ada, 'phone', unfiled);
    await tables.table('expiries20261028').put('00', 'x', { recipientId: ada, deviceId: 'phone' });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, kept: 1, dropped: 1 });
    expect((await tables.table('devices').get(ada, 'phone'))?.cells['sweepDay']).toBe('20261030');
    await tables.table('devices').put(ada, 'phone', unfiled);
    expect(await registry.remove(ada, 'phone')).toBe('removed');
    time.nowMs = nextNightMs;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, gone: 1, dropped: 1 });
  });

  it('keeps an entry that was written again while it was processed', async () => {
    const tables = open();
    const { registry } = openRegistryOn(tables);
    const index = tables.table('expiries20261028');
    await index.put('00', 'x', { recipientId: ada, deviceId: 'phone' });
    const observed = breakableTableStore(tables.table('devices'), {
      before: async () => {
        await index.put('00', 'x', { recipientId: ada, deviceId: 'phone' });
      },
    });
    const sweeping = openRegistry(observed, tables.table('handles'), 3, tables);
    expect(await sweeping.registry.sweepExpired(bounds)).toEqual({ ...nothing, busy: 1 });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...nothing, gone: 1, dropped: 1 });
  });

  it('reports partitions that cannot be read and tables that cannot be dropped', async () => {
    const tables = open();
    await tables.table('expiries20261028').put('00', 'x', { recipientId: ada, deviceId: 'phone' });
    const unread = new Error('unread');
    const undropped = new Error('undropped');
    const list = async () => Promise.reject(unread);
    const sweepOn = (expiries: TableService) => {
      const { registry } = openRegistry(tables.table('devices'), tables.table('handles'), 3, expiries);
      return registry.sweepExpired(bounds);
    };
    expect(await sweepOn({ ...tables, table: (name) => ({ ...tables.table(name), list }) })).toEqual({
      ...nothing,
      failed: 256,
      failure: unread,
    });
    expect(await sweepOn({ ...tables, dropTable: async () => Promise.reject(undropped) })).toEqual({
      ...nothing,
      gone: 1,
      failed: 1,
      failure: undropped,
    });
    expect(await sweepOn(tables)).toEqual({ ...nothing, dropped: 1 });
    await expect(sweepOn({ ...tables, listTables: async () => Promise.reject(unread) })).rejects.toBe(unread);
  });

  it('stops at its deadline while the clock advances', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    for (let n = 0; n < 9; n += 1)
      await registry.register(`8:acs:r_${n}`, 'phone', apns(`${n}${n}`.repeat(32)));
    time.nowMs = nextNightMs;
    const slow = breakableTableStore(tables.table('devices'), {
      after: () => {
        sweeping.time.nowMs += 1_000;
      },
    });
    const sweeping = openRegistry(slow, tables.table('handles'), 3, tables);
    sweeping.time.nowMs = nextNightMs;
    const swept = await sweeping.registry.sweepExpired({ limit: 1_000, deadlineMs: nextNightMs + 2_000 });
    expect(swept).toMatchObject({ failed: 0, dropped: 0, cutShort: true });
    expect(swept.removed).toBeGreaterThan(0);
    expect(await indexRows(tables)).toHaveLength(9 - swept.removed);
    expect(await registry.sweepExpired(bounds)).toMatchObject({ removed: 9 - swept.removed, dropped: 1 });
  });

  it('adds no request to a renewal or a push', async () => {
    const tables = open();
    let requests = 0;
    const count = {
      before: () => {
        requests += 1;
      },
    };
    const counted: TableService = {
      ...tables,
      table: (name) => breakableTableStore(tables.table(name), count),
    };
    const { registry, time } = openRegistry(tables.table('devices'), tables.table('handles'), 3, counted);
    await registry.register(ada, 'phone', apns(h1, v1));
    expect(requests).toBe(1);
    time.nowMs += ttlMs - 1;
    await registry.register(ada, 'phone', apns(h1, v1));
    await registry.register(ada, 'phone', apns(h2, v1));
    expect(await registry.list(ada)).toHaveLength(1);
    expect(requests).toBe(1);
    expect(time.nowMs).toBeLessThan(startMs + ttlMs);
  });
});
