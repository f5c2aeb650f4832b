import { describe, expect, it } from 'vitest';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, startMs, ttlMs } from '../../support/open-registry.ts';
import { tableStores } from '../../support/table-stores.ts';

const ada = '8:acs:11111111-0000-0000-0000-000000000000_ada';
const bob = '8:acs:11111111-0000-0000-0000-000000000000_bob';
const h1 = 'a1'.repeat(32);
const h2 = 'b2'.repeat(32);
const v1 = 'c3'.repeat(32);
const v2 = 'd4'.repeat(32);
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
    expect(await registry.list(ada)).toEqual([]);
    expect(await registry.get(ada, 'phone')).toBeUndefined();
    expect(await registry.remove(ada, 'phone')).toBe('not-found');
    expect(await registry.prune(h1, startMs)).toEqual({ kind: 'unknown' });
    await expect(registry.erase(ada)).resolves.toBeUndefined();
  });

  it('registers a device with every field and returns it', async () => {
    const { registry } = openAll();
    const device = {
      recipientId: ada,
      deviceId: 'phone',
      ...apns(h1, v1),
      locale: 'sv',
      registeredAtMs: startMs,
      expiresAtMs: startMs + ttlMs,
    };
    const registered = await registry.register(ada, 'phone', { ...apns(h1, v1), locale: 'sv' });
    expect(registered).toEqual({ kind: 'created', device });
    expect(await registry.get(ada, 'phone')).toEqual(device);
    expect(await registry.list(ada)).toEqual([device]);
  });

  it('renews a device and extends its life', async () => {
    const { registry, time } = openAll();
    await registry.register(ada, 'phone', apns(h1, v1));
    time.nowMs += 600_000;
    const renewed = await registry.register(ada, 'phone', apns(h1, v1));
    expect(renewed).toMatchObject({ kind: 'replaced', device: { expiresAtMs: startMs + 600_000 + ttlMs } });
    time.nowMs = startMs + ttlMs + 1;
    expect(await registry.list(ada)).toEqual([renewed.device]);
  });

  it('replaces a changed locale, handle or platform', async () => {
    const { registry } = openAll();
    await registry.register(ada, 'phone', { ...apns(h1, v1), locale: 'sv' });
    expect(await registry.register(ada, 'phone', apns(h1))).toMatchObject({ kind: 'replaced' });
    expect(await registry.get(ada, 'phone')).not.toHaveProperty('locale');
    expect(await registry.get(ada, 'phone')).not.toHaveProperty('voipHandle');
    await registry.register(ada, 'phone', { platform: 'fcmv1', handle: 'token:of-20-characters' });
    expect(await registry.list(ada)).toMatchObject([{ platform: 'fcmv1', handle: 'token:of-20-characters' }]);
  });

  it('never lists an expired device and reports it as created when it registers again', async () => {
    const { registry, time } = openAll();
    await registry.register(ada, 'phone', apns(h1));
    time.nowMs = startMs + ttlMs - 1;
    expect(await registry.list(ada)).toHaveLength(1);
    time.nowMs = startMs + ttlMs;
    expect(await registry.list(ada)).toEqual([]);
    expect(await registry.get(ada, 'phone')).toBeUndefined();
    expect(await registry.register(ada, 'phone', apns(h1))).toMatchObject({ kind: 'created' });
    expect(await registry.list(ada)).toHaveLength(1);
  });

  it('evicts the device registered longest ago when a user has too many', async () => {
    const { registry, time, handles } = openAll(3);
    for (const [n, handle] of ['11', '22', '33'].entries()) {
      time.nowMs = startMs + n;
      await registry.register(ada, `d${n}`, apns(handle.repeat(32)));
    }
    time.nowMs += 10;
    await registry.register(ada, 'd0', apns('11'.repeat(32)));
    await registry.register(ada, 'd3', apns('44'.repeat(32)));
    expect((await registry.list(ada)).map((device) => device.deviceId)).toEqual(['d0', 'd2', 'd3']);
    expect(await handles.list(hashHandle('22'.repeat(32)))).toEqual([]);
  });

  it('lists no more than allowed when the limit was lowered', async () => {
    const { registry, time, devices, handles } = openAll(3);
    for (const [n, handle] of ['11', '22', '33'].entries()) {
      time.nowMs = startMs - n;
      await registry.register(ada, `d${n}`, apns(handle.repeat(32)));
    }
    const lowered = openRegistry(devices, handles, 2);
    expect((await lowered.registry.list(ada)).map((device) => device.deviceId)).toEqual(['d0', 'd1']);
  });

  it('evicts expired devices and leftovers of crashed registrations before live devices', async () => {
    const { registry, time, devices } = openAll(3);
    await registry.register(ada, 'expired', apns(h1));
    await devices.put(ada, 'crashed', {
      platform: 'apns',
      handle: h2,
      registeredAtMs: startMs,
      expiresAtMs: startMs,
      active: false,
      claims: '',
    });
    await devices.put(ada, 'damaged', { platform: 'what' });
    time.nowMs = startMs + 4_000_000;
    await registry.register(ada, 'phone', apns(v1));
    expect((await devices.list(ada)).map((row) => row.rowKey)).toEqual(['damaged', 'phone']);
  });

  it('does not evict a registration that another process has just begun', async () => {
    const { registry, devices } = openAll(3);
    await devices.put(ada, 'begun', {
      platform: 'apns',
      handle: h2,
      registeredAtMs: startMs - 1_000,
      expiresAtMs: startMs + ttlMs,
      active: false,
      claims: '',
    });
    await registry.register(ada, 'phone', apns(h1));
    expect((await devices.list(ada)).map((row) => row.rowKey)).toEqual(['begun', 'phone']);
    expect(await registry.list(ada)).toHaveLength(1);
    expect(await registry.get(ada, 'begun')).toBeUndefined();
  });

  it('registers over a row that was damaged by hand', async () => {
    const { registry, devices, handles } = openAll();
    await devices.put(ada, 'phone', { platform: 'apns', claims: 7 });
    await handles.put(hashHandle(h1), 'owner', { owners: '{"former":' });
    expect(await registry.list(ada)).toEqual([]);
    expect(await registry.prune(h1, startMs)).toEqual({ kind: 'unknown' });
    expect(await registry.register(ada, 'phone', apns(h1))).toMatchObject({ kind: 'created' });
    expect(await registry.list(ada)).toHaveLength(1);
  });

  it('ignores and keeps what a newer version wrote beside the devices', async () => {
    const { registry, devices } = openAll(1);
    await devices.put(ada, '!preferences', { chat: 'none' });
    await devices.put(ada, 'newer', { platform: 'web', endpoint: 'https://push.example' });
    await registry.register(ada, 'phone', apns(h1));
    await registry.register(ada, 'tablet', apns(h2));
    expect((await registry.list(ada)).map((device) => device.deviceId)).toEqual(['tablet']);
    expect((await devices.get(ada, '!preferences'))?.cells).toEqual({ chat: 'none' });
    expect((await devices.get(ada, 'newer'))?.cells).toEqual({
      platform: 'web',
      endpoint: 'https://push.example',
    });
  });

  it('never pushes to a device of an app that it does not know, and keeps it through a renewal', async () => {
    const { registry, devices } = openAll();
    await registry.register(ada, 'phone', apns(h1));
    const row = await devices.get(ada, 'phone');
    await devices.put(ada, 'phone', { ...row?.cells, app: 'clinic', texts: 'app' });
    expect(await registry.list(ada)).toEqual([]);
    expect(await registry.get(ada, 'phone')).toBeUndefined();
    await registry.register(ada, 'phone', apns(h1));
    expect((await devices.get(ada, 'phone'))?.cells).toMatchObject({ app: 'clinic', texts: 'app' });
    expect(await registry.list(ada)).toEqual([]);
  });

  it('pushes to a device of the default app, and carries cells that it does not know', async () => {
    const { registry, devices } = openAll();
    await registry.register(ada, 'phone', apns(h1, v1));
    const row = await devices.get(ada, 'phone');
    await devices.put(ada, 'phone', { ...row?.cells, app: 'default', texts: 'app' });
    expect(await registry.list(ada)).toHaveLength(1);
    await registry.register(bob, 'phone', apns(h2, v1));
    expect((await devices.get(ada, 'phone'))?.cells).toMatchObject({ app: 'default', texts: 'app' });
    expect((await registry.list(ada)).map(({ voipHandle }) => voipHandle)).toEqual([undefined]);
  });

  it('takes a handle from a device of an app that it does not know', async () => {
    const { registry, devices } = openAll();
    await registry.register(ada, 'phone', apns(h1));
    const row = await devices.get(ada, 'phone');
    await devices.put(ada, 'phone', { ...row?.cells, app: 'clinic' });
    await registry.register(bob, 'phone', apns(h1));
    expect(await devices.list(ada)).toEqual([]);
    expect(await registry.list(bob)).toHaveLength(1);
  });

  it('erases what a newer version wrote about a user too', async () => {
    const { registry, devices } = openAll();
    await devices.put(ada, '!preferences', { chat: 'none' });
    await registry.register(ada, 'phone', apns(h1));
    await registry.erase(ada);
    expect(await devices.list(ada)).toEqual([]);
  });

  it('removes a device with everything that points to it', async () => {
    const { registry, devices, handles } = openAll();
    await registry.register(ada, 'phone', apns(h1, v1));
    expect(await registry.remove(ada, 'phone')).toBe('removed');
    expect(await registry.remove(ada, 'phone')).toBe('not-found');
    expect(await devices.list(ada)).toEqual([]);
    expect(await handles.list(hashHandle(h1))).toEqual([]);
    expect(await handles.list(hashHandle(v1))).toEqual([]);
  });

  it('erases a user and no other user', async () => {
    const { registry, devices, handles } = openAll();
    await registry.register(ada, 'phone', apns(h1, v1));
    await registry.register(ada, 'tablet', apns(h2));
    await registry.register(bob, 'phone', apns(v2));
    await registry.erase(ada);
    expect(await devices.list(ada)).toEqual([]);
    for (const handle of [h1, v1, h2]) expect(await handles.list(hashHandle(handle))).toEqual([]);
    expect(await registry.list(bob)).toHaveLength(1);
  });

  it('releases a handle that its device no longer uses', async () => {
    const { registry, handles } = openAll();
    await registry.register(ada, 'phone', apns(h1, v1));
    await registry.register(ada, 'phone', apns(h2));
    expect(await registry.list(ada)).toMatchObject([{ handle: h2 }]);
    expect(await handles.list(hashHandle(h1))).toEqual([]);
    expect(await handles.list(hashHandle(v1))).toEqual([]);
    expect(await handles.list(hashHandle(h2))).toHaveLength(1);
  });

  describe('a handle that moves', () => {
    it('leaves the first user when a second one registers it', async () => {
      const { registry, devices } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      expect(await registry.register(bob, 'phone', apns(h1, v1))).toMatchObject({ kind: 'created' });
      expect(await registry.list(ada)).toEqual([]);
      expect(await devices.list(ada)).toEqual([]);
      expect(await registry.list(bob)).toMatchObject([{ handle: h1, voipHandle: v1 }]);
    });

    it('leaves the first device when the same user registers it under a second id', async () => {
      const { registry } = openAll();
      await registry.register(ada, 'old', apns(h1));
      await registry.register(ada, 'new', apns(h1));
      expect(await registry.list(ada)).toMatchObject([{ deviceId: 'new' }]);
    });

    it('is found regardless of the case of its letters', async () => {
      const { registry } = openAll();
      await registry.register(ada, 'phone', apns(h1.toUpperCase()));
      await registry.register(bob, 'phone', apns(h1));
      expect(await registry.list(ada)).toEqual([]);
    });

    it('leaves the device behind when only its VoIP handle moves', async () => {
      const { registry } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      await registry.register(bob, 'phone', apns(h2, v1));
      const [left] = await registry.list(ada);
      expect(left).toMatchObject({ handle: h1 });
      expect(left).not.toHaveProperty('voipHandle');
      expect(await registry.list(bob)).toMatchObject([{ handle: h2, voipHandle: v1 }]);
    });

    it('removes the whole old device when only its alert handle moves', async () => {
      const { registry, handles } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      await registry.register(bob, 'phone', apns(h1));
      expect(await registry.list(ada)).toEqual([]);
      expect(await handles.list(hashHandle(v1))).toEqual([]);
    });

    it('moves when it was a VoIP handle and becomes an alert handle', async () => {
      const { registry } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      await registry.register(bob, 'phone', apns(v1));
      expect(await registry.list(ada)).toMatchObject([{ handle: h1 }]);
      expect(await registry.list(bob)).toMatchObject([{ handle: v1 }]);
    });

    it('goes back and forth', async () => {
      const { registry, handles } = openAll();
      for (const user of [ada, bob, ada, bob, ada]) await registry.register(user, 'phone', apns(h1, v1));
      expect(await registry.list(bob)).toEqual([]);
      expect(await registry.list(ada)).toHaveLength(1);
      const [row] = await handles.list(hashHandle(h1));
      expect(JSON.parse(String(row?.cells['owners']))).toEqual({ owner: [ada, 'phone'], former: [] });
    });

    it('swaps between two devices', async () => {
      const { registry } = openAll();
      await registry.register(ada, 'phone', apns(h1));
      await registry.register(bob, 'phone', apns(h2));
      await registry.register(ada, 'phone', apns(h2));
      await registry.register(bob, 'phone', apns(h1));
      expect(await registry.list(ada)).toMatchObject([{ handle: h2 }]);
      expect(await registry.list(bob)).toMatchObject([{ handle: h1 }]);
    });

    it('ends with one owner when many users register it concurrently', async () => {
      const { registry } = openAll();
      const users = Array.from({ length: 5 }, (_, n) => `8:acs:r_${n}`);
      const results = await Promise.allSettled(
        users.map((user) => registry.register(user, 'phone', apns(h1))),
      );
      expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
      const lists = await Promise.all(users.map((user) => registry.list(user)));
      expect(lists.flat().length).toBeLessThanOrEqual(1);
      await registry.register(bob, 'phone', apns(h1));
      expect((await Promise.all([bob, ...users].map((user) => registry.list(user)))).flat()).toMatchObject([
        { recipientId: bob },
      ]);
    });
  });

  describe('pruning', () => {
    it('removes a device with all its handles when the evidence is later', async () => {
      const { registry, devices, handles } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      expect(await registry.prune(h1.toUpperCase(), startMs + 1)).toEqual({ kind: 'device-removed' });
      expect(await devices.list(ada)).toEqual([]);
      expect(await handles.list(hashHandle(v1))).toEqual([]);
      expect(await registry.prune(h1, startMs + 1)).toEqual({ kind: 'unknown' });
    });

    it('keeps a device that was registered at or after the evidence', async () => {
      const { registry, time } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      expect(await registry.prune(h1, startMs)).toEqual({ kind: 'kept' });
      expect(await registry.prune(v1, startMs - 1)).toEqual({ kind: 'kept' });
      time.nowMs = startMs + 10;
      await registry.register(ada, 'phone', apns(h1, v1));
      expect(await registry.prune(h1, startMs + 5)).toEqual({ kind: 'kept' });
      expect(await registry.list(ada)).toMatchObject([{ handle: h1, voipHandle: v1 }]);
    });

    it('removes only the VoIP handle when only that is dead', async () => {
      const { registry, handles } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      expect(await registry.prune(v1, startMs + 1)).toEqual({ kind: 'voip-handle-removed' });
      const [left] = await registry.list(ada);
      expect(left).toMatchObject({ handle: h1 });
      expect(left).not.toHaveProperty('voipHandle');
      expect(await handles.list(hashHandle(v1))).toEqual([]);
      expect(await registry.register(ada, 'phone', apns(h1, v1))).toMatchObject({ kind: 'replaced' });
      expect(await registry.list(ada)).toMatchObject([{ voipHandle: v1 }]);
    });

    it.each([
      ['the handle', h1],
      ['the VoIP handle', v1],
    ])('keeps a device that is renewed between the read and the removal of %s', async (_name, handle) => {
      const { registry, time, devices, handles } = openAll();
      await registry.register(ada, 'phone', apns(h1, v1));
      time.nowMs = startMs + 10;
      let looks = 0;
      const observed = breakableTableStore(devices, {
        after: async () => {
          looks += 1;
          if (looks === 1) await registry.register(ada, 'phone', apns(h1, v1));
        },
      });
      const pruning = openRegistry(observed, handles);
      expect(await pruning.registry.prune(handle, startMs + 5)).toEqual({ kind: 'kept' });
      expect(await registry.list(ada)).toMatchObject([{ handle: h1, voipHandle: v1 }]);
    });

    it('does not touch a device that is inactive or owns the handle without holding it', async () => {
      const { registry, devices, handles } = openAll();
      await registry.register(ada, 'phone', apns(h1));
      await handles.put(hashHandle(h2), 'owner', {
        owners: JSON.stringify({ owner: [ada, 'phone'], former: [] }),
      });
      expect(await registry.prune(h2, startMs + 1)).toEqual({ kind: 'unknown' });
      const row = await devices.get(ada, 'phone');
      await devices.put(ada, 'phone', { ...row?.cells, active: false });
      expect(await registry.prune(h1, startMs + 1)).toEqual({ kind: 'unknown' });
      await devices.remove(ada, 'phone');
      expect(await registry.prune(h1, startMs + 1)).toEqual({ kind: 'unknown' });
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
    await registry.register(ada, 'phone', apns(h1, v1));
    count.value = 0;
    await registry.list(ada);
    expect(count.value).toBe(1);
    await registry.get(ada, 'phone');
    expect(count.value).toBe(2);
  });

  it('are three parallel reads and one write for a renewal', async () => {
    const { registry, count } = counting();
    await registry.register(ada, 'phone', apns(h1, v1));
    count.value = 0;
    await registry.register(ada, 'phone', apns(h1, v1));
    expect(count.value).toBe(4);
  });
});
