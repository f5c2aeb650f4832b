import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../support/chaos/seeded-random.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';
import { createLatency } from './create-latency.ts';
import { createNamespace } from './create-namespace.ts';
import { createPeak } from './create-peak.ts';
import { createPool } from './create-pool.ts';
import { createStorage } from './create-storage.ts';
import { defaultInputs } from './default-inputs.ts';
import { inputNotes } from './input-notes.ts';
import { inputTable } from './input-table.ts';
import { outcomeTable } from './outcome-table.ts';
import { percentile } from './percentile.ts';

const random = () => createSeededRandom(1).next;
const steady = { ...defaultInputs, hubMedianMs: 60, hubP99Ms: 60, storageMedianMs: 5, storageP99Ms: 5 };
const push = { platform: 'fcmv1', headers: {}, body: '{}' } as const;

describe('createLatency', () => {
  it('has the median and the 99th percentile it is given', () => {
    const latency = createLatency(60, 500, random());
    const times = Array.from({ length: 20_000 }, latency).sort((one, other) => one - other);
    expect(Math.abs((percentile(times, 50) ?? 0) - 60)).toBeLessThan(3);
    expect(Math.abs((percentile(times, 99) ?? 0) - 500)).toBeLessThan(50);
  });
});

describe('percentile of the simulation', () => {
  it.each([
    [0, 1],
    [50, 2],
    [75, 3],
    [99, 4],
    [100, 4],
  ])('at %d percent of four values is %d', (percent, expected) => {
    expect(percentile([1, 2, 3, 4], percent)).toBe(expected);
  });

  it('is undefined without values', () => {
    expect(percentile([], 50)).toBeUndefined();
  });
});

describe('createPeak', () => {
  it('counts within a window and remembers the fullest window', () => {
    const peak = createPeak(1_000);
    expect([0, 10, 999, 1_000, 2_500].map(peak.add)).toEqual([1, 2, 3, 1, 1]);
    expect(peak.most()).toBe(3);
  });
});

describe('createNamespace', () => {
  it('accepts its sends per minute, then returns Retry-After until the minute is over', async () => {
    const time = createVirtualTime(0);
    const { client, throttled } = createNamespace(time, random(), { ...steady, hubSendsPerMinute: 2 });
    const send = () => client.send(push, 'handle', { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' });
    const seen: unknown[] = [];
    const work = async () => {
      for (let tries = 0; tries < 3; tries += 1) seen.push(await send());
      await time.sleep(60_000);
      seen.push(await send());
    };
    void work();
    await time.run();
    expect(seen).toEqual([
      { kind: 'accepted' },
      { kind: 'accepted' },
      { kind: 'throttled', status: 429, retryAfterMs: 60_000 },
      { kind: 'accepted' },
    ]);
    expect(throttled()).toBe(1);
  });

  it('returns unknown when the timeout elapses first', async () => {
    const time = createVirtualTime(0);
    const { client } = createNamespace(time, random(), steady);
    const outcome = client.send(push, 'handle', { timeoutMs: 50, waitMs: 50, priority: 'chat' });
    await time.run();
    expect(await outcome).toEqual({ kind: 'unknown', detail: 'no answer' });
    expect(time.clock()).toBe(50);
  });
});

describe('createStorage', () => {
  it('delays requests above its target to a later second', async () => {
    const time = createVirtualTime(0);
    const { request, peak } = createStorage(time, random(), { ...steady, storageRequestsPerSecond: 2 });
    const ended: number[] = [];
    for (let index = 0; index < 5; index += 1) void request().then(() => ended.push(time.clock()));
    await time.run();
    expect(ended).toEqual([5, 5, 1_005, 1_005, 2_005]);
    expect(peak()).toBe(5);
  });
});

describe('createPool', () => {
  const inputs = { ...steady, concurrency: 2, coldStartMs: 100, newInstancesPerSecond: 1, maxInstances: 2 };

  it('fills an instance, starts another, and queues the rest', async () => {
    const time = createVirtualTime(0);
    const pool = createPool(time, 1, inputs);
    const began: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      void pool.run(async () => {
        began.push(time.clock());
        await time.sleep(1_000);
      });
    }
    await time.run();
    expect(began).toEqual([0, 0, 100, 100, 1_000]);
    expect(pool.peak()).toBe(2);
  });

  it('runs CPU work on one thread', async () => {
    const time = createVirtualTime(0);
    const pool = createPool(time, 1, inputs);
    const ended: number[] = [];
    for (let index = 0; index < 2; index += 1) {
      void pool.run(async ({ cpu }) => {
        await cpu(30);
        ended.push(time.clock());
      });
    }
    await time.run();
    expect(ended).toEqual([30, 60]);
  });
});

describe('the tables', () => {
  it('show every input with its source', () => {
    const text = inputTable(defaultInputs);
    expect(text.split('\n')).toHaveLength(Object.keys(defaultInputs).length + 2);
    expect(text).toMatch(/^hubSendsPerMinute +11500 +sends a minute .* UNVERIFIED: /m);
    const known = /^(?:measured|documented|setting|infra|chosen|by size|src\/|UNVERIFIED)/;
    expect(Object.values(inputNotes).filter(({ source }) => !known.test(source))).toEqual([]);
  });

  it('show an outcome in seconds and percent', () => {
    const outcome = {
      rings: { wanted: 10, lost: 1, late: 2, latency: { p50: 366.5, p95: 5_000, p99: 12_400, max: 29_999 } },
      chat: {
        wanted: 0,
        lost: 0,
        latency: { p50: undefined, p95: undefined, p99: undefined, max: undefined },
      },
      use: { hub: 1.5, instances: 0.02, storage: 0.004, eventGrid: 0.3 },
      first: 'hub',
      instances: { calls: 1, chat: 2 },
      throttled: 7,
      repeated: 3,
    } as const;
    expect(outcomeTable([{ load: 4, outcome }])).toBe(
      `load  rings  lost  late  p50   p95   p99  max  chat  lost  p50  p99  hub    instances    storage  Event Grid  429  first to fill
x4    10     1     2     0.37  5.00  12   30   0     0     -    -    150 %  2.0 % (1+2)  0.4 %    30 %        7    hub
`,
    );
  });
});
