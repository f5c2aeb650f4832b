import { describe, expect, it } from 'vitest';
import { defaultInputs } from './default-inputs.ts';
import type { Inputs } from './inputs.ts';
import { simulate } from './simulate.ts';
import { sizes } from './sizes.ts';

/** Constant latencies, no duplicates, no bursts; calls only, one device each. */
const plain: Inputs = {
  ...defaultInputs,
  users: 2_000,
  messagesPerUserDay: 0,
  burstsPerMinute: 0,
  devicesPerUser: 1,
  duplicateShare: 0,
  eventGridMedianMs: 300,
  eventGridP99Ms: 300,
  storageMedianMs: 5,
  storageP99Ms: 5,
  hubMedianMs: 60,
  hubP99Ms: 60,
  cpuPerEventMs: 1,
  cpuPerPushMs: 0.5,
  coldStartMs: 1_500,
};

describe('simulate', () => {
  it('takes the sum of its parts without contention', async () => {
    const { rings, throttled, repeated, instances } = await simulate(plain, 1);
    expect(rings.wanted).toBeGreaterThan(5);
    expect([rings.lost, rings.late, throttled, repeated]).toEqual([0, 0, 0, 0]);
    expect(instances).toEqual({ calls: 1, chat: 0 });
    // Event Grid 300, CPU 1, one storage round trip 5, CPU 0.5, the hub 60.
    expect(rings.latency.p50).toBeCloseTo(366.5, 6);
    expect(rings.latency.max).toBeCloseTo(366.5, 6);
  });

  it('adds the cold start to a ring when no instance is ready', async () => {
    const { rings } = await simulate({ ...plain, alwaysReadyCalls: 0 }, 1);
    expect(rings.latency.p50).toBeCloseTo(366.5, 6);
    expect(rings.latency.max).toBeCloseTo(1_866.5, 6);
  });

  it('throttles above the limit of the namespace, and loses rings that cannot wait', async () => {
    const { rings, use, first, throttled, repeated } = await simulate(
      { ...plain, users: 100_000, minutes: 1, hubSendsPerMinute: 60 },
      1,
    );
    expect(throttled).toBeGreaterThan(60);
    expect(repeated).toBeGreaterThan(0);
    expect(rings.lost).toBeGreaterThan(30);
    expect(use.hub).toBeGreaterThan(1);
    expect(first).toBe('hub');
    // Every ring that was accepted met its deadline.
    expect(rings.latency.max).toBeLessThan(30_000);
  });

  it('keeps chat from delaying rings when calls have their own namespace', async () => {
    const busy = { ...plain, users: 10_000, messagesPerUserDay: 12, minutes: 1, hubSendsPerMinute: 60 };
    const shared = await simulate({ ...busy, callNamespace: 0 }, 1);
    const apart = await simulate({ ...busy, callNamespace: 1 }, 1);
    expect(shared.rings.lost + shared.rings.late).toBeGreaterThan(0);
    expect([apart.rings.lost, apart.rings.late]).toEqual([0, 0]);
    expect(apart.chat.latency.p99).toBeGreaterThan(10_000);
    expect(apart.chat.lost).toBe(0);
  });

  it('delays rings when storage is the bottleneck', async () => {
    const { rings, first, use } = await simulate(
      { ...plain, users: 200_000, minutes: 1, storageRequestsPerSecond: 20 },
      1,
    );
    expect(first).toBe('storage');
    expect(use.storage).toBeGreaterThan(1);
    expect(rings.latency.p99).toBeGreaterThan(5_000);
  });

  it('delays rings when there are too few instances', async () => {
    const few = { ...plain, users: 400_000, minutes: 1, maxInstances: 1, concurrency: 1 };
    const { rings, first } = await simulate(few, 1);
    expect(first).toBe('instances');
    expect(rings.latency.p99).toBeGreaterThan(5_000);
  });

  it('sends a chat message once when it is delivered twice', async () => {
    const { chat, repeated } = await simulate(
      { ...plain, callsPerUserDay: 0, messagesPerUserDay: 4, duplicateShare: 1 },
      1,
    );
    expect(chat.wanted).toBeGreaterThan(100);
    expect(repeated).toBe(0);
    expect(chat.latency.p50).toBeCloseTo(366.5, 6);
  });

  it('returns the same outcome for the same seed, and another one for another seed', async () => {
    const inputs: Inputs = { ...defaultInputs, users: 20_000, minutes: 1 };
    const first = await simulate(inputs, 7);
    expect(await simulate(inputs, 7)).toEqual(first);
    expect(await simulate(inputs, 8)).not.toEqual(first);
  });
});

describe('the sizes', () => {
  it('handle their own peak without losing a ring or a message', async () => {
    for (const { name, over } of sizes) {
      const { rings, chat } = await simulate({ ...defaultInputs, ...over, minutes: 1 }, 3);
      expect([name, rings.lost, chat.lost]).toEqual([name, 0, 0]);
    }
  });
});
