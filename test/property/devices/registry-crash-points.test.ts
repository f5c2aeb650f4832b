import { describe, expect, it } from 'vitest';
import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import { hashHandle } from '../../../src/devices/handle-rows.ts';
import type { DeviceRegistration } from '../../../src/devices/registration.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { breakableTableStore, type StoreHooks } from '../../support/breakable-table-store.ts';
import { openRegistry, startMs } from '../../support/open-registry.ts';

const users = { ada: '8:acs:r_ada', bob: '8:acs:r_bob', cyd: '8:acs:r_cyd' };
const h1 = 'a1'.repeat(32);
const v1 = 'c3'.repeat(32);
const both: DeviceRegistration = { platform: 'apns', handle: h1, voipHandle: v1 };
const other: DeviceRegistration = { platform: 'apns', handle: 'e5'.repeat(32) };

/** Tables with a registry that works, and one that crashes at step `n`: before the step, or after it was carried out. */
function openTables() {
  const devices = createMemoryTableStore();
  const handles = createMemoryTableStore();
  const { registry } = openRegistry(devices, handles, 2);
  const crashing = (n: number, when: keyof StoreHooks) => {
    let step = 0;
    const hooks: StoreHooks = {
      [when]: () => {
        step += 1;
        if (step >= n) throw new Error('crashed');
      },
    };
    return openRegistry(breakableTableStore(devices, hooks), breakableTableStore(handles, hooks), 2).registry;
  };
  return { devices, handles, registry, crashing };
}

async function holders(registry: DeviceRegistry, handle: string): Promise<string[]> {
  const lists = await Promise.all(Object.values(users).map((user) => registry.list(user)));
  return lists
    .flat()
    .filter((device) => device.handle === handle || device.voipHandle === handle)
    .map((device) => device.recipientId);
}

/** Runs `act` with a crash at every step there is, and `check` after each. */
async function atEveryStep(
  prepare: (registry: DeviceRegistry) => Promise<unknown>,
  act: (registry: DeviceRegistry) => Promise<unknown>,
  check: (tables: ReturnType<typeof openTables>) => Promise<void>,
): Promise<number> {
  let crashes = 0;
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; ; n += 1) {
      const tables = openTables();
      await prepare(tables.registry);
      const crashed = await act(tables.crashing(n, when)).then(
        () => false,
        () => true,
      );
      await check(tables);
      if (!crashed) break;
      crashes += 1;
    }
  }
  return crashes;
}

const moves: readonly [string, (registry: DeviceRegistry) => Promise<unknown>][] = [
  ['from a user who had both handles', (registry) => registry.register(users.ada, 'phone', both)],
  [
    'from a user who had the handle as the other kind',
    (registry) => registry.register(users.ada, 'phone', { platform: 'apns', handle: v1, voipHandle: h1 }),
  ],
  [
    'from two users',
    async (registry) => {
      await registry.register(users.ada, 'phone', { ...other, voipHandle: v1 });
      await registry.register(users.cyd, 'phone', { ...both, voipHandle: 'f6'.repeat(32) });
    },
  ],
  [
    'to a device that had another handle',
    async (registry) => {
      await registry.register(users.ada, 'phone', both);
      await registry.register(users.bob, 'phone', other);
    },
  ],
  [
    'to a user who has too many devices',
    async (registry) => {
      await registry.register(users.ada, 'phone', both);
      await registry.register(users.bob, 'old', { platform: 'apns', handle: '11'.repeat(32) });
      await registry.register(users.bob, 'older', { platform: 'apns', handle: '22'.repeat(32) });
    },
  ],
];

describe.each(moves)('a registration that crashes while handles move %s', (_name, prepare) => {
  const act = (registry: DeviceRegistry) => registry.register(users.bob, 'phone', both);

  it('never leaves a handle with two devices', async () => {
    const crashes = await atEveryStep(prepare, act, async ({ registry }) => {
      for (const handle of [h1, v1]) expect((await holders(registry, handle)).length).toBeLessThanOrEqual(1);
    });
    expect(crashes).toBeGreaterThan(15);
  });

  it.each([
    ['the same device registers again', users.bob, 'phone'],
    ['the old owner registers again', users.ada, 'phone'],
    ['a third user registers', users.cyd, 'tablet'],
  ])('is repaired when %s', async (_repair, user, deviceId) => {
    await atEveryStep(prepare, act, async ({ registry, handles }) => {
      await registry.register(user, deviceId, both);
      for (const handle of [h1, v1]) {
        expect(await holders(registry, handle)).toEqual([user]);
        const [row] = await handles.list(hashHandle(handle));
        expect(JSON.parse(String(row?.cells['owners']))).toMatchObject({ owner: [user, deviceId] });
      }
    });
  });

  it('is repaired even if the repair by a third user crashes as well', async () => {
    await atEveryStep(prepare, act, async ({ registry, crashing }) => {
      for (let n = 1; n < 40; n += 3) {
        await crashing(n, 'after')
          .register(users.cyd, 'tablet', both)
          .catch(() => undefined);
        for (const handle of [h1, v1])
          expect((await holders(registry, handle)).length).toBeLessThanOrEqual(1);
      }
      await registry.register(users.ada, 'tablet', both);
      for (const handle of [h1, v1]) expect(await holders(registry, handle)).toEqual([users.ada]);
    });
  });

  it('leaves nothing behind that erasing the user would miss', async () => {
    await atEveryStep(prepare, act, async ({ registry, devices, handles }) => {
      await registry.erase(users.bob);
      expect(await devices.list(users.bob)).toEqual([]);
      for (const handle of [h1, v1, other.handle, '11'.repeat(32), '22'.repeat(32)]) {
        expect(JSON.stringify(await handles.list(hashHandle(handle)))).not.toContain(users.bob);
      }
    });
  });
});

describe('a removal that crashes', () => {
  const prepare = (registry: DeviceRegistry) => registry.register(users.ada, 'phone', both);

  it.each<[string, (registry: DeviceRegistry) => Promise<unknown>]>([
    ['remove', (registry) => registry.remove(users.ada, 'phone')],
    ['erase', (registry) => registry.erase(users.ada)],
    ['prune', (registry) => registry.prune(h1, startMs + 1)],
  ])('is finished by erasing: %s', async (_name, act) => {
    const crashes = await atEveryStep(prepare, act, async ({ registry, devices, handles }) => {
      await registry.erase(users.ada);
      expect(await devices.list(users.ada)).toEqual([]);
      expect([...(await handles.list(hashHandle(h1))), ...(await handles.list(hashHandle(v1)))]).toEqual([]);
    });
    expect(crashes).toBeGreaterThan(8);
  });
});
