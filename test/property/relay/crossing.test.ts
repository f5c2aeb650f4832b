import { describe, expect, it } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import { calm } from '../../support/chaos/calm.ts';
import type { Conditions } from '../../support/chaos/conditions.ts';
import { createLife } from '../../support/chaos/life.ts';
import { makeTruth } from '../../support/chaos/make-truth.ts';
import { createSeededRandom } from '../../support/chaos/seeded-random.ts';
import type { Truth } from '../../support/chaos/truth.ts';
import { createWorld } from '../../support/chaos/world.ts';

const ada = '8:acs:clinic_ada';
const eventMs = Date.UTC(2026, 10, 22, 9);
const common = { recipientId: ada, registeredAtMs: 0, expiresAtMs: 1e15 };
const devices: readonly Device[] = [
  { ...common, deviceId: 'iphone', platform: 'apns', handle: 'aa', voipHandle: 'bb' },
  { ...common, deviceId: 'android', platform: 'fcmv1', handle: 'cc' },
];
const ring = makeTruth({ id: 'ring', kind: 'ring', timeMs: eventMs, userId: ada, thing: 'call' });
const joined = makeTruth({ id: 'joined', kind: 'joined', timeMs: eventMs, userId: ada, thing: 'call' });
const ended = makeTruth({ id: 'ended', kind: 'ended', timeMs: eventMs, userId: undefined, thing: 'call' });

// The Android phone's hub takes the ring without an answer, and the secondary one refuses it or is away.
const unclear = (then: number, seed: number): Conditions => {
  const random = createSeededRandom(seed);
  let calls = 0;
  return {
    ...calm,
    storageMs: () => random.int(1, 30),
    hubMs: () => 8,
    hubFault: (_hub, nowMs, handle) => {
      if (handle !== 'cc' || nowMs > eventMs + 5_000) return { kind: 'answer', status: 201 };
      calls += 1;
      if (calls === 1) return { kind: 'lost', how: 'ECONNRESET', took: true };
      return { kind: 'answer', status: calls === 2 ? then : 201 };
    },
  };
};

/** Rings immediately, delivers the other event later, and returns the phones that ring on in the end. */
async function cross(other: Truth, afterMs: number, conditions: Conditions): Promise<readonly string[]> {
  const world = createWorld({ startMs: eventMs, devices, conditions, secondary: true });
  void world.invoke([ring], createLife());
  void world.time.sleep(afterMs).then(() => world.invoke([other], createLife()));
  await world.time.run();
  return [...world.phones.values()].flatMap(({ deviceId, rings }) =>
    [...rings.values()].flatMap(({ stoppedAtMs }) => (stoppedAtMs === undefined ? [deviceId] : [])),
  );
}

describe('a ring and what ends it, at the same time', () => {
  const paces: readonly { readonly name: string; readonly conditions: (seed: number) => Conditions }[] = [
    { name: 'slow hubs', conditions: () => ({ ...calm, storageMs: () => 4, hubMs: () => 20 }) },
    { name: 'slow storage', conditions: () => ({ ...calm, storageMs: () => 12, hubMs: () => 6 }) },
    { name: 'a hub that took a push and then refuses it', conditions: (seed) => unclear(413, seed) },
    { name: 'a hub that took a push and is then away for a while', conditions: (seed) => unclear(503, seed) },
  ];

  it.each(paces)(
    'leave no phone ringing, in whatever order their effects come, with $name',
    async ({ conditions }) => {
      for (const other of [joined, ended]) {
        for (let afterMs = 0; afterMs <= 80; afterMs += 1) {
          expect({
            other: other.id,
            afterMs,
            ringing: await cross(other, afterMs, conditions(afterMs)),
          }).toEqual({
            other: other.id,
            afterMs,
            ringing: [],
          });
        }
      }
    },
  );
});
