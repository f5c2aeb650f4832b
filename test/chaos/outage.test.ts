import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readInfra } from '../support/bicep/read-infra.ts';
import { calm } from '../support/chaos/calm.ts';
import type { Conditions } from '../support/chaos/conditions.ts';
import { deliver, type Subscription } from '../support/chaos/event-grid.ts';
import { makeTruth } from '../support/chaos/make-truth.ts';
import { createSeededRandom } from '../support/chaos/seeded-random.ts';
import { createWorld } from '../support/chaos/world.ts';
import { ada } from '../support/events.ts';

// 2026-11-22T09:00:00Z
const startMs = 1_795_338_000_000;
const policySchema = z.object({ maxDeliveryAttempts: z.number(), eventTimeToLiveInMinutes: z.number() });
let deployed: Subscription;

beforeAll(async () => {
  const infra = await readInfra();
  const calls = infra.find('event-subscriptions.bicep', 'resource', 'calls').value;
  const policy = policySchema.parse(infra.at(calls, 'properties.retryPolicy'));
  deployed = {
    mostDeliveries: policy.maxDeliveryAttempts,
    timeToLiveMs: policy.eventTimeToLiveInMinutes * 60_000,
  };
});

/**
 * Nobody answers a call that begins every 30 s.
 *
 * @returns what Event Grid did with each event, and what the phone showed of each call
 */
async function callThrough(conditions: (clock: () => number) => Conditions, subscription: Subscription) {
  const device = { recipientId: ada, deviceId: 'phone', registeredAtMs: 0, expiresAtMs: 1e15 };
  const world = createWorld({
    startMs,
    devices: [{ ...device, platform: 'fcmv1', handle: 'fcm-phone' }],
    conditions: calm,
    secondary: false,
  });
  world.change(conditions(world.time.clock));
  const fates: string[] = [];
  for (let n = 0; n < 9; n += 1) {
    const truth = makeTruth({
      id: `event-${n}`,
      kind: 'ring',
      timeMs: startMs + n * 30_000,
      userId: ada,
      thing: `call-${n}`,
    });
    void world.time
      .sleep(n * 30_000 + 300)
      .then(() => deliver(world, createSeededRandom(n), subscription, [{ truth, delayMs: 300 }]))
      .then(({ kind }) => fates.push(kind));
  }
  await world.time.run();
  const { got = new Set<string>() } = world.phones.get('phone') ?? {};
  const told = (kind: string) =>
    Array.from({ length: 9 }, (_, n) => n).filter((n) => got.has(`call-${n} ${kind}`));
  return { fates, rang: told('incoming-call'), missed: told('missed-call') };
}

const hubDown = (clock: () => number): Conditions => ({
  ...calm,
  hubFault: (hub, nowMs, handle) =>
    clock() < startMs + 240_000 ? { kind: 'answer', status: 503 } : calm.hubFault(hub, nowMs, handle),
});
const storageDown = (clock: () => number): Conditions => ({
  ...calm,
  storageFault: () => (clock() < startMs + 45_000 ? 'before' : undefined),
});

describe('calls that nobody answers', () => {
  it('are all told when the hub is down for 240 s', async () => {
    const { fates, rang, missed } = await callThrough(hubDown, deployed);
    expect(fates).toEqual(Array.from({ length: 9 }, () => 'acknowledged'));
    expect(rang).toEqual([8]);
    expect(missed).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are all told when the app cannot answer for 45 s', async () => {
    const { fates, rang, missed } = await callThrough(storageDown, deployed);
    expect(fates).toEqual(Array.from({ length: 9 }, () => 'acknowledged'));
    expect(rang).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(missed).toEqual([0]);
  });

  it('are lost when the hub is down for 240 s and Event Grid gives up after two minutes', async () => {
    const impatient = { mostDeliveries: 3, timeToLiveMs: 120_000 };
    const { fates } = await callThrough(hubDown, impatient);
    expect(fates.filter((fate) => fate === 'dead-lettered')).toHaveLength(5);
  });
});
