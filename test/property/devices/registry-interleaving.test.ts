import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import type { TableStore } from '../../../src/storage/tables.ts';
import { breakableTableStore } from '../../support/breakable-table-store.ts';
import { openRegistry, startMs } from '../../support/open-registry.ts';

const users = ['8:acs:r_ada', '8:acs:r_bob', '8:acs:r_cyd'] as const;
const allHandles = ['a1', 'b2', 'c3'].map((pair) => pair.repeat(32));

const registration = fc
  .tuple(fc.constantFrom(...allHandles), fc.option(fc.constantFrom(...allHandles), { nil: undefined }))
  .filter(([handle, voipHandle]) => handle !== voipHandle)
  .map(([handle, voipHandle]) => ({
    platform: 'apns' as const,
    handle,
    ...(voipHandle === undefined ? {} : { voipHandle }),
  }));
const user = fc.constantFrom(...users);
const deviceId = fc.constantFrom('phone', 'tablet');
type Act = (registry: DeviceRegistry) => Promise<unknown>;
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(user, deviceId, registration).map(
      ([id, device, body]): Act =>
        (registry) =>
          registry.register(id, device, body),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(user, deviceId).map(
      ([id, device]): Act =>
        (registry) =>
          registry.remove(id, device),
    ),
  },
  {
    weight: 1,
    arbitrary: user.map(
      (id): Act =>
        (registry) =>
          registry.erase(id),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...allHandles).map(
      (handle): Act =>
        (registry) =>
          registry.prune(handle, startMs + 1),
    ),
  },
);

async function handlesHeldTwice(registry: DeviceRegistry): Promise<string[]> {
  const lists = await Promise.all(users.map((id) => registry.list(id)));
  const held = lists
    .flat()
    .flatMap((device) => [device.handle, ...(device.voipHandle === undefined ? [] : [device.voipHandle])]);
  return held.filter((handle, index) => held.indexOf(handle) !== index);
}

describe('concurrent registrations', () => {
  it('never make a handle active for two devices, at any step of any interleaving, crashes included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(act, { maxLength: 3 }),
        fc.array(fc.record({ act, crashAfter: fc.option(fc.nat(25), { nil: undefined }) }), {
          minLength: 2,
          maxLength: 4,
        }),
        async (scheduler, before, together) => {
          const devices = createMemoryTableStore();
          const handles = createMemoryTableStore();
          const { registry } = openRegistry(devices, handles);
          for (const prepare of before) await prepare(registry);

          const runs = together.map(async ({ act, crashAfter }) => {
            let steps = 0;
            const slow = (store: TableStore) => {
              return breakableTableStore(store, {
                before: async () => {
                  await scheduler.schedule(Promise.resolve());
                  steps += 1;
                  if (crashAfter !== undefined && steps > crashAfter) throw new Error('crashed');
                },
                after: async () => expect(await handlesHeldTwice(registry)).toEqual([]),
              });
            };
            const failure = await act(openRegistry(slow(devices), slow(handles)).registry).then(
              () => undefined,
              (error: unknown) => error,
            );
            if (failure instanceof Error && failure.message === 'crashed') return;
            // Ten stale rounds in a row are reported to the caller; any other error is a bug.
            if (failure !== undefined) expect(failure).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
          });
          await scheduler.waitFor(Promise.all(runs));
          expect(await handlesHeldTwice(registry)).toEqual([]);

          for (const [n, handle] of allHandles.entries()) {
            const id = users[n] ?? '8:acs:r_none';
            await registry.register(id, 'repair', { platform: 'apns', handle });
            const lists = await Promise.all(users.map((other) => registry.list(other)));
            const holders = lists
              .flat()
              .filter((device) => device.handle === handle || device.voipHandle === handle);
            expect(holders).toMatchObject([{ recipientId: id, deviceId: 'repair' }]);
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
