import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, START_MS, TTL_MS } from '../../support/open-registry.ts';
import { tableStores } from '../../support/table-stores.ts';

const ADA = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const BOB = '8:acs:11111111-0000-0000-0000-000000000000_bob';
const H1 = 'a1'.repeat(32);
const H2 = 'b2'.repeat(32);
const V1 = 'c3'.repeat(32);
const V2 = 'd4'.repeat(32);
const apns = (handle: string, voipHandle?: string) => {
  return { platform: 'apns' as const, handle, ...(voipHandle === undefined ? {} : { voipHandle }) };
};

describe.each(tableStores)('device registry on $name', ({ open }) => {
  const openAll = (devicesPerUser = 3) => {
    const devices = open();
    const handles = open();
    return { devices, handles, ...openRegistry(devices, handles, devicesPerUser) };
  };

  it('has no devices at first', async () => {
    const { registry } = openAll();
    expect(await registry.list(ADA)).toEqual([]);
    expect(await registry.get(ADA, 'phone')).toBeUndefined();
    expect(await registry.remove(ADA, 'phone')).toBe('not-found');
    expect(await registry.prune(H1, START_MS)).toEqual({ kind: 'unknown' });
    await expect(registry.erase(ADA)).resolves.toBeUndefined();
  });

  it('registers a device with every field and returns it', async () => {
    const { registry } = openAll();
    const device = {
      recipientId: ADA,
      deviceId: 'phone',
      ...apns(H1, V1),
      locale: 'sv',
      registeredAtMs: START_MS,
      expiresAtMs: START_MS + TTL_MS,
    };
    const registered = await registry.register(ADA, 'phone', { ...apns(H1, V1), locale: 'sv' });
    expect(registered).toEqual({ kind: 'created', device });
    expect(await registry.get(ADA, 'phone')).toEqual(device);
    expect(await registry.list(ADA)).toEqual([device]);
  });

  it('renews a device and extends its life', async () => {
    const { registry, time } = openAll();
    await registry.register(ADA, 'phone', apns(H1, V1));
    time.nowMs += 600_000;
    const renewed = await registry.register(ADA, 'phone', apns(H1, V1));
    expect(renewed).toMatchObject({ kind: 'replaced', device: { expiresAtMs: START_MS + 600_000 + TTL_MS } });
    time.nowMs = START_MS + TTL_MS + 1;
    expect(await registry.list(ADA)).toEqual([renewed.device]);
  });

  it('replaces a changed locale, handle or platform', async () => {
    const { registry } = openAll();
    await registry.register(ADA, 'phone', { ...apns(H1, V1), locale: 'sv' });
    expect(await registry.register(ADA, 'phone', apns(H1))).toMatchObject({ kind: 'replaced' });
    expect(await registry.get(ADA, 'phone')).not.toHaveProperty('locale');
    expect(await registry.get(ADA, 'phone')).not.toHaveProperty('voipHandle');
    await registry.register(ADA, 'phone', { platform: 'fcmv1', handle: 'token:of-20-characters' });
    expect(await registry.list(ADA)).toMatchObject([{ platform: 'fcmv1', handle: 'token:of-20-characters' }]);
  });

  it('never lists an expired device and reports it as created when it registers again', async () => {
    const { registry, time } = openAll();
    await registry.register(ADA, 'phone', apns(H1));
    time.nowMs = START_MS + TTL_MS - 1;
    expect(await registry.list(ADA)).toHaveLength(1);
    time.nowMs = START_MS + TTL_MS;
    expect(await registry.list(ADA)).toEqual([]);
    expect(await registry.get(ADA, 'phone')).toBeUndefined();
    expect(await registry.register(ADA, 'phone', apns(H1))).toMatchObject({ kind: 'created' });
    expect(await registry.list(ADA)).toHaveLength(1);
  });

  it('evicts the device registered longest ago when a user has too many', async () => {
    const { registry, time, handles } = openAll(3);
    for (const [n, handle] of ['11', '22', '33'].entries()) {
      time.nowMs = START_MS + n;
      await registry.register(ADA, `d${n}`, apns(handle.repeat(32)));
    }
    time.nowMs += 10;
    await registry.register(ADA, 'd0', apns('11'.repeat(32)));
    await registry.register(ADA, 'd3', apns('44'.repeat(32)));
    expect((await registry.list(ADA)).map((device) => device.deviceId)).toEqual(['d0', 'd2', 'd3']);
    expect(await handles.list(hashHandle('22'.repeat(32)))).toEqual([]);
  });

  it('lists no more than allowed when the limit was lowered', async () => {
    const { registry, time, devices, handles } = openAll(3);
    for (const [n, handle] of ['11', '22', '33'].entries()) {
      time.nowMs = START_MS - n;
      await registry.register(ADA, `d${n}`, apns(handle.repeat(32)));
    }
    const lowered = openRegistry(devices, handles, 2);
    expect((await lowered.registry.list(ADA)).map((device) => device.deviceId)).toEqual(['d0', 'd1']);
  });

  it('evicts expired devices and leftovers of crashed registrations before live devices', async () => {
    const { registry, time, devices } = openAll(3);
    await registry.register(ADA, 'expired', apns(H1));
    await devices.put(ADA, 'crashed', {
      platform: 'apns',
      handle: H2,
      registeredAtMs: START_MS,
      expiresAtMs: START_MS,
      active: false,
      claims: '',
    });
    await devices.put(ADA, 'damaged', { platform: 'what' });
    time.nowMs = START_MS + 4_000_000;
    await registry.register(ADA, 'phone', apns(V1));
    expect((await devices.list(ADA)).map((row) => row.rowKey)).toEqual(['damaged', 'phone']);
  });

  it('does not evict a registration that another process has just begun', async () => {
    const { registry, devices } = openAll(3);
    await devices.put(ADA, 'begun', {
      platform: 'apns',
      handle: H2,
      registeredAtMs: START_MS - 1_000,
      expiresAtMs: START_MS + TTL_MS,
      active: false,
      claims: '',
    });
    await registry.register(ADA, 'phone', apns(H1));
    expect((await devices.list(ADA)).map((row) => row.rowKey)).toEqual(['begun', 'phone']);
    expect(await registry.list(ADA)).toHaveLength(1);
    expect(await registry.get(ADA, 'begun')).toBeUndefined();
  });

  it('registers over a row that was damaged by hand', async () => {
    const { registry, devices, handles } = openAll();
    await devices.put(ADA, 'phone', { platform: 'apns', claims: 7 });
    await handles.put(hashHandle(H1), 'owner', { owners: '{"former":' });
    expect(await registry.list(ADA)).toEqual([]);
    expect(await registry.prune(H1, START_MS)).toEqual({ kind: 'unknown' });
    expect(await registry.register(ADA, 'phone', apns(H1))).toMatchObject({ kind: 'created' });
    expect(await registry.list(ADA)).toHaveLength(1);
  });

  it('ignores and keeps what a newer version wrote beside the devices', async () => {
    const { registry, devices } = openAll(1);
    await devices.put(ADA, '!preferences', { chat: 'none' });
    await devices.put(ADA, 'newer', { platform: 'web', endpoint: 'https://push.example' });
    await registry.register(ADA, 'phone', apns(H1));
    await registry.register(ADA, 'tablet', apns(H2));
    expect((await registry.list(ADA)).map((device) => device.deviceId)).toEqual(['tablet']);
    expect((await devices.get(ADA, '!preferences'))?.cells).toEqual({ chat: 'none' });
    expect((await devices.get(ADA, 'newer'))?.cells).toEqual({
      platform: 'web',
      endpoint: 'https://push.example',
    });
  });

  it('never pushes to a device of an app that it does not know, and keeps it through a renewal', async () => {
    const { registry, devices } = openAll();
    await registry.register(ADA, 'phone', apns(H1));
    const row = await devices.get(ADA, 'phone');
    await devices.put(ADA, 'phone', { ...row?.cells, app: 'clinic', texts: 'app' });
    expect(await registry.list(ADA)).toEqual([]);
    expect(await registry.get(ADA, 'phone')).toBeUndefined();
    await registry.register(ADA, 'phone', apns(H1));
    expect((await devices.get(ADA, 'phone'))?.cells).toMatchObject({ app: 'clinic', texts: 'app' });
    expect(await registry.list(ADA)).toEqual([]);
  });

  it('pushes to a device of the default app, and carries cells that it does not know', async () => {
    const { registry, devices } = openAll();
    await registry.register(ADA, 'phone', apns(H1, V1));
    const row = await devices.get(ADA, 'phone');
    await devices.put(ADA, 'phone', { ...row?.cells, app: 'default', texts: 'app' });
    expect(await registry.list(ADA)).toHaveLength(1);
    await registry.register(BOB, 'phone', apns(H2, V1));
    expect((await devices.get(ADA, 'phone'))?.cells).toMatchObject({ app: 'default', texts: 'app' });
    expect((await registry.list(ADA)).map(({ voipHandle }) => voipHandle)).toEqual([undefined]);
  });

  it('takes a handle from a device of an app that it does not know', async () => {
    const { registry, devices } = openAll();
    await registry.register(ADA, 'phone', apns(H1));
    const row = await devices.get(ADA, 'phone');
    await devices.put(ADA, 'phone', { ...row?.cells, app: 'clinic' });
    await registry.register(BOB, 'phone', apns(H1));
    expect(await devices.list(ADA)).toEqual([]);
    expect(await registry.list(BOB)).toHaveLength(1);
  });

  it('erases what a newer version wrote about a user too', async () => {
    const { registry, devices } = openAll();
    await devices.put(ADA, '!preferences', { chat: 'none' });
    await registry.register(ADA, 'phone', apns(H1));
    await registry.erase(ADA);
    expect(await devices.list(ADA)).toEqual([]);
  });

  it('removes a device with everything that points to it', async () => {
    const { registry, devices, handles } = openAll();
    await registry.register(ADA, 'phone', apns(H1, V1));
    expect(await registry.remove(ADA, 'phone')).toBe('removed');
    expect(await registry.remove(ADA, 'phone')).toBe('not-found');
    expect(await devices.list(ADA)).toEqual([]);
    expect(await handles.list(hashHandle(H1))).toEqual([]);
    expect(await handles.list(hashHandle(V1))).toEqual([]);
  });

  it('erases a user and no other user', async () => {
    const { registry, devices, handles } = openAll();
    await registry.register(ADA, 'phone', apns(H1, V1));
    await registry.register(ADA, 'tablet', apns(H2));
    await registry.register(BOB, 'phone', apns(V2));
    await registry.erase(ADA);
    expect(await devices.list(ADA)).toEqual([]);
    for (const handle of [H1, V1, H2]) expect(await handles.list(hashHandle(handle))).toEqual([]);
    expect(await registry.list(BOB)).toHaveLength(1);
  });

  it('releases a handle that its device no longer uses', async () => {
    const { registry, handles } = openAll();
    await registry.register(ADA, 'phone', apns(H1, V1));
    await registry.register(ADA, 'phone', apns(H2));
    expect(await registry.list(ADA)).toMatchObject([{ handle: H2 }]);
    expect(await handles.list(hashHandle(H1))).toEqual([]);
    expect(await handles.list(hashHandle(V1))).toEqual([]);
    expect(await handles.list(hashHandle(H2))).toHaveLength(1);
  });

  describe('a handle that moves', () => {
    it('leaves the first user when a second one registers it', async () => {
      const { registry, devices } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      expect(await registry.register(BOB, 'phone', apns(H1, V1))).toMatchObject({ kind: 'created' });
      expect(await registry.list(ADA)).toEqual([]);
      expect(await devices.list(ADA)).toEqual([]);
      expect(await registry.list(BOB)).toMatchObject([{ handle: H1, voipHandle: V1 }]);
    });

    it('leaves the first device when the same user registers it under a second id', async () => {
      const { registry } = openAll();
      await registry.register(ADA, 'old', apns(H1));
      await registry.register(ADA, 'new', apns(H1));
      expect(await registry.list(ADA)).toMatchObject([{ deviceId: 'new' }]);
    });

    it('is found regardless of the case of its letters', async () => {
      const { registry } = openAll();
      await registry.register(ADA, 'phone', apns(H1.toUpperCase()));
      await registry.register(BOB, 'phone', apns(H1));
      expect(await registry.list(ADA)).toEqual([]);
    });

    it('leaves the device behind when only its VoIP handle moves', async () => {
      const { registry } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      await registry.register(BOB, 'phone', apns(H2, V1));
      const [left] = await registry.list(ADA);
      expect(left).toMatchObject({ handle: H1 });
      expect(left).not.toHaveProperty('voipHandle');
      expect(await registry.list(BOB)).toMatchObject([{ handle: H2, voipHandle: V1 }]);
    });

    it('removes the whole old device when only its alert handle moves', async () => {
      const { registry, handles } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      await registry.register(BOB, 'phone', apns(H1));
      expect(await registry.list(ADA)).toEqual([]);
      expect(await handles.list(hashHandle(V1))).toEqual([]);
    });

    it('moves when it was a VoIP handle and becomes an alert handle', async () => {
      const { registry } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      await registry.register(BOB, 'phone', apns(V1));
      expect(await registry.list(ADA)).toMatchObject([{ handle: H1 }]);
      expect(await registry.list(BOB)).toMatchObject([{ handle: V1 }]);
    });

    it('goes back and forth', async () => {
      const { registry, handles } = openAll();
      for (const user of [ADA, BOB, ADA, BOB, ADA]) await registry.register(user, 'phone', apns(H1, V1));
      expect(await registry.list(BOB)).toEqual([]);
      expect(await registry.list(ADA)).toHaveLength(1);
      const [row] = await handles.list(hashHandle(H1));
      expect(JSON.parse(String(row?.cells['owners']))).toEqual({ owner: [ADA, 'phone'], former: [] });
    });

    it('swaps between two devices', async () => {
      const { registry } = openAll();
      await registry.register(ADA, 'phone', apns(H1));
      await registry.register(BOB, 'phone', apns(H2));
      await registry.register(ADA, 'phone', apns(H2));
      await registry.register(BOB, 'phone', apns(H1));
      expect(await registry.list(ADA)).toMatchObject([{ handle: H2 }]);
      expect(await registry.list(BOB)).toMatchObject([{ handle: H1 }]);
    });

    it('ends with one owner when many users register it concurrently', async () => {
      const { registry } = openAll();
      const users = Array.from({ length: 5 }, (_, n) => `8:acs:r_${n}`);
      const results = await Promise.allSettled(
        users.map((user) => registry.register(user, 'phone', apns(H1))),
      );
      expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
      const lists = await Promise.all(users.map((user) => registry.list(user)));
      expect(lists.flat().length).toBeLessThanOrEqual(1);
      await registry.register(BOB, 'phone', apns(H1));
      expect((await Promise.all([BOB, ...users].map((user) => registry.list(user)))).flat()).toMatchObject([
        { recipientId: BOB },
      ]);
    });
  });

  describe('pruning', () => {
    it('removes a device with all its handles when the evidence is later', async () => {
      const { registry, devices, handles } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      expect(await registry.prune(H1.toUpperCase(), START_MS + 1)).toEqual({ kind: 'device-removed' });
      expect(await devices.list(ADA)).toEqual([]);
      expect(await handles.list(hashHandle(V1))).toEqual([]);
      expect(await registry.prune(H1, START_MS + 1)).toEqual({ kind: 'unknown' });
    });

    it('keeps a device that was registered at or after the evidence', async () => {
      const { registry, time } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      expect(await registry.prune(H1, START_MS)).toEqual({ kind: 'kept' });
      expect(await registry.prune(V1, START_MS - 1)).toEqual({ kind: 'kept' });
      time.nowMs = START_MS + 10;
      await registry.register(ADA, 'phone', apns(H1, V1));
      expect(await registry.prune(H1, START_MS + 5)).toEqual({ kind: 'kept' });
      expect(await registry.list(ADA)).toMatchObject([{ handle: H1, voipHandle: V1 }]);
    });

    it('removes only the VoIP handle when only that is dead', async () => {
      const { registry, handles } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      expect(await registry.prune(V1, START_MS + 1)).toEqual({ kind: 'voip-handle-removed' });
      const [left] = await registry.list(ADA);
      expect(left).toMatchObject({ handle: H1 });
      expect(left).not.toHaveProperty('voipHandle');
      expect(await handles.list(hashHandle(V1))).toEqual([]);
      expect(await registry.register(ADA, 'phone', apns(H1, V1))).toMatchObject({ kind: 'replaced' });
      expect(await registry.list(ADA)).toMatchObject([{ voipHandle: V1 }]);
    });

    it.each([
      ['the handle', H1],
      ['the VoIP handle', V1],
    ])('keeps a device that is renewed between the read and the removal of %s', async (_name, handle) => {
      const { registry, time, devices, handles } = openAll();
      await registry.register(ADA, 'phone', apns(H1, V1));
      time.nowMs = START_MS + 10;
      let looks = 0;
      const observed = breakableTableStore(devices, {
        after: async () => {
          looks += 1;
          if (looks === 1) await registry.register(ADA, 'phone', apns(H1, V1));
        },
      });
      const pruning = openRegistry(observed, handles);
      expect(await pruning.registry.prune(handle, START_MS + 5)).toEqual({ kind: 'kept' });
      expect(await registry.list(ADA)).toMatchObject([{ handle: H1, voipHandle: V1 }]);
    });

    it('does not touch a device that is inactive or owns the handle without holding it', async () => {
      const { registry, devices, handles } = openAll();
      await registry.register(ADA, 'phone', apns(H1));
      await handles.put(hashHandle(H2), 'owner', {
        owners: JSON.stringify({ owner: [ADA, 'phone'], former: [] }),
      });
      expect(await registry.prune(H2, START_MS + 1)).toEqual({ kind: 'unknown' });
      const row = await devices.get(ADA, 'phone');
      await devices.put(ADA, 'phone', { ...row?.cells, active: false });
      expect(await registry.prune(H1, START_MS + 1)).toEqual({ kind: 'unknown' });
      await devices.remove(ADA, 'phone');
      expect(await registry.prune(H1, START_MS + 1)).toEqual({ kind: 'unknown' });
    });
  });
});

describe('the storage requests of the registry', () => {
  const counting = () => {
    const [memory] = tableStores;
    if (memory === undefined) throw new Error('no store');
    const count = { value: 0 };
    const hooks = {
      before: () => {
        count.value += 1;
      },
    };
    const opened = openRegistry(
      breakableTableStore(memory.open(), hooks),
      breakableTableStore(memory.open(), hooks),
    );
    return { ...opened, count };
  };

  it('are one for a list and one for a get', async () => {
    const { registry, count } = counting();
    await registry.register(ADA, 'phone', apns(H1, V1));
    count.value = 0;
    await registry.list(ADA);
    expect(count.value).toBe(1);
    await registry.get(ADA, 'phone');
    expect(count.value).toBe(2);
  });

  it('are three parallel reads and one write for a renewal', async () => {
    const { registry, count } = counting();
    await registry.register(ADA, 'phone', apns(H1, V1));
    count.value = 0;
    await registry.register(ADA, 'phone', apns(H1, V1));
    expect(count.value).toBe(4);
  });
});
