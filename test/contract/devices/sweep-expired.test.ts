import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, START_MS, TTL_MS } from '../../support/open-registry.ts';
import { openRegistryOn } from '../../support/open-registry-on.ts';
import { storages } from '../deliveries/support/storages.ts';

const ADA = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const BOB = '8:acs:11111111-0000-0000-0000-000000000000_bob';
const H1 = 'a1'.repeat(32);
const H2 = 'b2'.repeat(32);
const V1 = 'c3'.repeat(32);
// START_MS is 2026-10-30T09:00Z, and what is registered then expires on the same day.
const DAY_MS = 86_400_000;
const NEXT_MIDNIGHT_MS = 1_793_404_800_000;
const NEXT_NIGHT_MS = 1_793_416_620_000;
const NOTHING = { removed: 0, kept: 0, gone: 0, busy: 0, failed: 0, dropped: 0, cutShort: false };
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
    await registry.register(ADA, 'phone', apns(H1, V1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
    expect(await tables.table('devices').list(ADA)).toEqual([]);
    for (const handle of [H1, V1]) expect(await tables.table('handles').list(hashHandle(handle))).toEqual([]);
    expect(await tables.listTables('expiries')).toEqual([]);
    expect(await registry.sweepExpired(bounds)).toEqual(NOTHING);
  });

  it('touches neither a day until one hour after its end nor tables that are not named after a day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1));
    await tables.table('expiries2026103').put('p', 'r', {});
    await tables.table('expiriesOf2026').put('p', 'r', {});
    time.nowMs = NEXT_MIDNIGHT_MS + 3_599_999;
    expect(await registry.sweepExpired(bounds)).toEqual(NOTHING);
    time.nowMs = NEXT_MIDNIGHT_MS + 3_600_000;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
    expect(await tables.listTables('expiries')).toEqual(['expiries2026103', 'expiriesOf2026']);
  });

  it('keeps a renewed device, refiles it under its new day and removes it after that day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1, V1));
    time.nowMs = NEXT_NIGHT_MS;
    const { device } = await registry.register(ADA, 'phone', apns(H1, V1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, kept: 1, dropped: 1 });
    expect(await registry.list(ADA)).toEqual([device]);
    expect(await indexRows(tables)).toEqual([`expiries20261031 ${ADA} phone`]);
    expect(await registry.prune(V1, NEXT_NIGHT_MS + 1)).toEqual({ kind: 'voip-handle-removed' });
    time.nowMs += DAY_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
    expect(await tables.table('devices').list(ADA)).toEqual([]);
    expect(await tables.listTables('expiries')).toEqual([]);
  });

  it('finds no entry of a device that was removed, erased or moved to another user', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'removed', apns(H1));
    await registry.register(ADA, 'erased', apns(H2));
    await registry.remove(ADA, 'removed');
    await registry.erase(ADA);
    expect(await indexRows(tables)).toEqual([]);
    await registry.register(ADA, 'phone', apns(V1));
    await registry.register(BOB, 'phone', apns(V1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${BOB} phone`]);
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
  });

  it('deletes entries of devices that are gone or filed under a later day', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1));
    const [left] = await tables.table('expiries20261030').list('00');
    expect(left).toBeUndefined();
    await tables.table('expiries20261029').put('00', 'x', { recipientId: BOB, deviceId: 'gone' });
    await tables.table('expiries20261029').put('01', 'y', { recipientId: 7 });
    await tables.table('expiries20261028').put('02', 'z', { recipientId: ADA, deviceId: 'phone' });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, gone: 2, kept: 1, dropped: 2 });
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
  });

  it('stays within its bounds and continues there the next time', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    for (let n = 0; n < 5; n += 1) {
      await registry.register(`8:acs:r_${n}`, 'phone', apns(`${n}${n}`.repeat(32)));
    }
    time.nowMs = NEXT_NIGHT_MS;
    const two = { limit: 2, deadlineMs: Number.POSITIVE_INFINITY };
    expect(await registry.sweepExpired(two)).toEqual({ ...NOTHING, removed: 2, cutShort: true });
    expect(await indexRows(tables)).toHaveLength(3);
    expect(await registry.sweepExpired(two)).toEqual({ ...NOTHING, removed: 2, cutShort: true });
    expect(await registry.sweepExpired({ limit: 1_000, deadlineMs: NEXT_NIGHT_MS })).toEqual({
      ...NOTHING,
      cutShort: true,
    });
    expect(await registry.sweepExpired(two)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
  });

  it('keeps the day of a row that failed and processes all other rows', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1));
    await registry.register(BOB, 'phone', apns(H2));
    await tables.table('expiries20261029').put('00', 'x', { recipientId: BOB, deviceId: 'gone' });
    const failure = new Error('Not now.');
    const devices = tables.table('devices');
    const get: typeof devices.get = async (recipientId, deviceId) => {
      if (recipientId === ADA) throw failure;
      return devices.get(recipientId, deviceId);
    };
    const failing = openRegistry({ ...devices, get }, tables.table('handles'), 3, tables);
    failing.time.nowMs = NEXT_NIGHT_MS;
    expect(await failing.registry.sweepExpired(bounds)).toEqual({
      ...NOTHING,
      removed: 1,
      gone: 1,
      failed: 1,
      dropped: 1,
      failure,
    });
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
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
    await registry.register(ADA, 'phone', apns(H1));
    const row = await tables.table('devices').get(ADA, 'phone');
    time.nowMs = NEXT_NIGHT_MS;
    const expiresAtMs = NEXT_NIGHT_MS + 365 * DAY_MS;
    const begun = { ...row?.cells, active: false, registeredAtMs: NEXT_NIGHT_MS - 3_599_999, expiresAtMs };
    await tables.table('devices').put(ADA, 'phone', begun);
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, busy: 1 });
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
    time.nowMs += 1;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, removed: 1, dropped: 1 });
    expect(await tables.table('handles').list(hashHandle(H1))).toEqual([]);
  });

  it('keeps a device whose row it cannot read, with its entry in the index', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1));
    const row = await tables.table('devices').get(ADA, 'phone');
    await tables.table('devices').put(ADA, 'phone', { ...row?.cells, platform: 'what', sweepDay: 'someday' });
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, busy: 1 });
    expect(await tables.table('devices').list(ADA)).toHaveLength(1);
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
  });

  it('files a device without an entry in the index when it is next renewed or swept', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    await registry.register(ADA, 'phone', apns(H1));
    const row = await tables.table('devices').get(ADA, 'phone');
    const { sweepDay, ...unfiled } = row?.cells ?? {};
    expect(sweepDay).toBe('20261030');
    await tables.dropTable('expiries20261030');
    await tables.table('devices').put(ADA, 'phone', unfiled);
    await registry.register(ADA, 'phone', apns(H1));
    expect(await indexRows(tables)).toEqual([`expiries20261030 ${ADA} phone`]);
    await tables.table('devices').put(ADA, 'phone', unfiled);
    await tables.table('expiries20261028').put('00', 'x', { recipientId: ADA, deviceId: 'phone' });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, kept: 1, dropped: 1 });
    expect((await tables.table('devices').get(ADA, 'phone'))?.cells['sweepDay']).toBe('20261030');
    await tables.table('devices').put(ADA, 'phone', unfiled);
    expect(await registry.remove(ADA, 'phone')).toBe('removed');
    time.nowMs = NEXT_NIGHT_MS;
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, gone: 1, dropped: 1 });
  });

  it('keeps an entry that was written again while it was processed', async () => {
    const tables = open();
    const { registry } = openRegistryOn(tables);
    const index = tables.table('expiries20261028');
    await index.put('00', 'x', { recipientId: ADA, deviceId: 'phone' });
    const observed = breakableTableStore(tables.table('devices'), {
      before: async () => {
        await index.put('00', 'x', { recipientId: ADA, deviceId: 'phone' });
      },
    });
    const sweeping = openRegistry(observed, tables.table('handles'), 3, tables);
    expect(await sweeping.registry.sweepExpired(bounds)).toEqual({ ...NOTHING, busy: 1 });
    expect(await registry.sweepExpired(bounds)).toEqual({ ...NOTHING, gone: 1, dropped: 1 });
  });

  it('reports partitions that cannot be read and tables that cannot be dropped', async () => {
    const tables = open();
    await tables.table('expiries20261028').put('00', 'x', { recipientId: ADA, deviceId: 'phone' });
    const unread = new Error('unread');
    const undropped = new Error('undropped');
    const list = async () => Promise.reject(unread);
    const sweepOn = (expiries: TableService) => {
      const { registry } = openRegistry(tables.table('devices'), tables.table('handles'), 3, expiries);
      return registry.sweepExpired(bounds);
    };
    expect(await sweepOn({ ...tables, table: (name) => ({ ...tables.table(name), list }) })).toEqual({
      ...NOTHING,
      failed: 256,
      failure: unread,
    });
    expect(await sweepOn({ ...tables, dropTable: async () => Promise.reject(undropped) })).toEqual({
      ...NOTHING,
      gone: 1,
      failed: 1,
      failure: undropped,
    });
    expect(await sweepOn(tables)).toEqual({ ...NOTHING, dropped: 1 });
    await expect(sweepOn({ ...tables, listTables: async () => Promise.reject(unread) })).rejects.toBe(unread);
  });

  it('stops at its deadline while the clock advances', async () => {
    const tables = open();
    const { registry, time } = openRegistryOn(tables);
    for (let n = 0; n < 9; n += 1)
      await registry.register(`8:acs:r_${n}`, 'phone', apns(`${n}${n}`.repeat(32)));
    time.nowMs = NEXT_NIGHT_MS;
    const slow = breakableTableStore(tables.table('devices'), {
      after: () => {
        sweeping.time.nowMs += 1_000;
      },
    });
    const sweeping = openRegistry(slow, tables.table('handles'), 3, tables);
    sweeping.time.nowMs = NEXT_NIGHT_MS;
    const swept = await sweeping.registry.sweepExpired({ limit: 1_000, deadlineMs: NEXT_NIGHT_MS + 2_000 });
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
    await registry.register(ADA, 'phone', apns(H1, V1));
    expect(requests).toBe(1);
    time.nowMs += TTL_MS - 1;
    await registry.register(ADA, 'phone', apns(H1, V1));
    await registry.register(ADA, 'phone', apns(H2, V1));
    expect(await registry.list(ADA)).toHaveLength(1);
    expect(requests).toBe(1);
    expect(time.nowMs).toBeLessThan(START_MS + TTL_MS);
  });
});
