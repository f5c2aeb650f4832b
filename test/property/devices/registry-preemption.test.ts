import { describe, expect, it } from 'vitest';
import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import type { DeviceRegistration } from '../../../src/devices/registration.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry } from '../../support/open-registry.ts';

const ada = '8:acs:r_ada';
const bob = '8:acs:r_bob';
const cyd = '8:acs:r_cyd';
const apns = (pair: string, voip?: string): DeviceRegistration => {
  return {
    platform: 'apns',
    handle: pair.repeat(32),
    ...(voip === undefined ? {} : { voipHandle: voip.repeat(32) }),
  };
};

/** A registry whose storage runs `interrupt` once, before its step `at`, and crashes at step `crash`. */
function openTables() {
  const devices = createMemoryTableStore();
  const handles = createMemoryTableStore();
  const open = (at: number, interrupt: () => Promise<unknown>, crash = Number.POSITIVE_INFINITY) => {
    let step = 0;
    const hooks = {
      before: async () => {
        step += 1;
        const here = step;
        if (here === at) await interrupt();
        if (here >= crash) throw new Error('crashed');
      },
    };
    return {
      registry: openRegistry(breakableTableStore(devices, hooks), breakableTableStore(handles, hooks))
        .registry,
      steps: () => step,
    };
  };
  return { registry: openRegistry(devices, handles).registry, open };
}

async function assertHeldOnce(registry: DeviceRegistry): Promise<void> {
  const lists = await Promise.all([ada, bob, cyd].map((user) => registry.list(user)));
  const held = lists
    .flat()
    .flatMap((device) => [
      device.handle,
      device.voipHandle ?? `no VoIP ${device.recipientId} ${device.deviceId}`,
    ]);
  expect(new Set(held).size).toBe(held.length);
}

type Act = (registry: DeviceRegistry) => Promise<unknown>;
const scenes: readonly [string, readonly Act[], Act, Act][] = [
  [
    'a device that had another handle is overtaken',
    [(registry) => registry.register(bob, 'phone', apns('b2', 'd4'))],
    (registry) => registry.register(bob, 'phone', apns('a1', 'c3')),
    (registry) => registry.register(cyd, 'phone', apns('a1', 'c3')),
  ],
  [
    'a new device is overtaken while it takes handles from a third',
    [(registry) => registry.register(ada, 'phone', apns('a1', 'c3'))],
    (registry) => registry.register(bob, 'phone', apns('a1', 'c3')),
    (registry) => registry.register(cyd, 'phone', apns('a1')),
  ],
  [
    'a renewal is overtaken',
    [(registry) => registry.register(bob, 'phone', apns('a1', 'c3'))],
    (registry) => registry.register(bob, 'phone', apns('a1', 'c3')),
    (registry) => registry.register(cyd, 'phone', apns('b2', 'c3')),
  ],
  [
    'a removal is overtaken by a registration of the same device',
    [(registry) => registry.register(bob, 'phone', apns('a1', 'c3'))],
    (registry) => registry.remove(bob, 'phone'),
    (registry) => registry.register(bob, 'phone', apns('a1', 'c3')),
  ],
  [
    'a device is overtaken by itself with another handle',
    [(registry) => registry.register(bob, 'phone', apns('b2'))],
    (registry) => registry.register(bob, 'phone', apns('a1')),
    (registry) => registry.register(bob, 'phone', apns('c3')),
  ],
];

describe.each(scenes)('when %s', (_name, prepare, act, overtaking) => {
  it('each handle stays on one device, at every point of interruption and of a crash', async () => {
    let places = 0;
    for (let at = 1, more = true; more; at += 1) {
      for (let overtakingCrash = 1, crashes = true; crashes; overtakingCrash += 1) {
        const tables = openTables();
        for (const step of prepare) await step(tables.registry);
        const second = tables.open(0, async () => undefined, overtakingCrash);
        const first = tables.open(at, async () => {
          crashes = await overtaking(second.registry).then(
            () => false,
            () => true,
          );
          await assertHeldOnce(tables.registry);
        });
        await act(first.registry);
        more = first.steps() >= at;
        crashes = crashes && more;
        await assertHeldOnce(tables.registry);
        places += 1;
        // The next registration repairs what was left behind.
        await tables.registry.register(ada, 'tablet', apns('a1', 'c3'));
        await assertHeldOnce(tables.registry);
        await tables.registry.register(cyd, 'tablet', apns('b2', 'a1'));
        await assertHeldOnce(tables.registry);
      }
    }
    expect(places).toBeGreaterThan(30);
  });
});
