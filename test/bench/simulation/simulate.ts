import { createSeededRandom } from '../../support/chaos/seeded-random.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';
import { createLatency } from './create-latency.ts';
import { createNamespace } from './create-namespace.ts';
import { createPeak } from './create-peak.ts';
import { createPool } from './create-pool.ts';
import { createStorage } from './create-storage.ts';
import type { Inputs } from './inputs.ts';
import { percentile } from './percentile.ts';
import { publish } from './publish.ts';
import { createTally } from './tally.ts';
import type { World } from './world.ts';

/** Milliseconds from the event to the hub's response; undefined without any. */
export interface Latencies {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  readonly max: number | undefined;
}

/** Peak demand for a resource, as a share of its limit. */
export interface Use {
  readonly hub: number;
  readonly instances: number;
  readonly storage: number;
  readonly eventGrid: number;
}

export interface Outcome {
  readonly rings: {
    readonly wanted: number;
    /** Not accepted before the ring was over. */
    readonly lost: number;
    /** Accepted, but more than five seconds after the event. */
    readonly late: number;
    readonly latency: Latencies;
  };
  readonly chat: { readonly wanted: number; readonly lost: number; readonly latency: Latencies };
  readonly use: Use;
  /** The resource with the highest use. */
  readonly first: keyof Use;
  readonly instances: { readonly calls: number; readonly chat: number };
  /** Number of hub requests that got 429. */
  readonly throttled: number;
  /** Number of redeliveries. */
  readonly repeated: number;
}

const lateMs = 5_000;

/** Simulates a peak in virtual time. The same inputs and seed return exactly the same outcome. */
export async function simulate(inputs: Inputs, seed: number): Promise<Outcome> {
  const time = createVirtualTime(0);
  // Each part has its own random stream, so that a change in one does not affect the others.
  const stream = (part: number) => createSeededRandom(seed * 16 + part);
  const shared = createNamespace(time, stream(1).next, inputs);
  const calls = inputs.callNamespace === 1 ? createNamespace(time, stream(2).next, inputs) : shared;
  const world: World = {
    inputs,
    time,
    random: stream(3),
    storage: createStorage(time, stream(4).next, inputs),
    namespaces: { calls, chat: shared },
    pools: {
      calls: createPool(time, inputs.alwaysReadyCalls, inputs),
      chat: createPool(time, inputs.alwaysReadyChat, inputs),
    },
    eventGridMs: createLatency(inputs.eventGridMedianMs, inputs.eventGridP99Ms, stream(5).next),
    published: createPeak(1_000),
    tally: createTally(),
  };
  publish(world);
  await time.run();
  return outcomeOf(world);
}

function outcomeOf({ inputs, storage, namespaces, pools, published, tally }: World): Outcome {
  const { calls, chat } = namespaces;
  const instances = { calls: pools.calls.peak(), chat: pools.chat.peak() };
  const use: Use = {
    hub: Math.max(calls.peak(), chat.peak()) / inputs.hubSendsPerMinute,
    instances: Math.max(instances.calls, instances.chat) / inputs.maxInstances,
    storage: storage.peak() / inputs.storageRequestsPerSecond,
    eventGrid: published.most() / inputs.eventGridEventsPerSecond,
  };
  return {
    rings: {
      wanted: tally.ringMs.length + tally.lostRings,
      lost: tally.lostRings,
      late: tally.ringMs.filter((ms) => ms > lateMs).length,
      latency: latenciesOf(tally.ringMs),
    },
    chat: {
      wanted: tally.chatMs.length + tally.lostChat,
      lost: tally.lostChat,
      latency: latenciesOf(tally.chatMs),
    },
    use,
    first: firstOf(use),
    instances,
    throttled: chat.throttled() + (calls === chat ? 0 : calls.throttled()),
    repeated: tally.repeated,
  };
}

function latenciesOf(times: readonly number[]): Latencies {
  const sorted = times.toSorted((one, other) => one - other);
  return {
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: sorted.at(-1),
  };
}

function firstOf(use: Use): keyof Use {
  const names = ['hub', 'instances', 'storage', 'eventGrid'] as const;
  return names.reduce((best, name) => (use[name] > use[best] ? name : best));
}
