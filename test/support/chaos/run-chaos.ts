import { calm } from './calm.ts';
import type { Case } from './case.ts';
import { deliver, type Fate, type Subscription } from './event-grid.ts';
import { judge } from './judge.ts';
import { createLife } from './life.ts';
import { makeCase } from './make-case.ts';
import { makePosts } from './make-posts.ts';
import { createSeededRandom } from './seeded-random.ts';
import { stormy } from './stormy.ts';
import type { Verdict } from './verdict.ts';
import { makeWorkload, type Planned } from './workload.ts';
import { createWorld } from './world.ts';

const startMs = Date.UTC(2026, 10, 22, 9);
// What infra/ deploys for both subscriptions.
const subscription: Subscription = { mostDeliveries: 30, timeToLiveMs: 86_400_000 };

/**
 * Runs a number of events through the relay in bad weather and judges the result. Then the weather turns good and
 * everything is delivered once more, like a redrive of every dead letter, and judged again: that must settle every ledger
 * row and do no harm.
 *
 * @param seed the same seed gives the same run; odd ones have a secondary hub
 */
export async function runChaos({ seed, events }: { seed: number; events: number }): Promise<{
  readonly verdict: Verdict;
  /** For looking into what went wrong. */
  readonly facts: Case;
}> {
  const random = createSeededRandom(seed);
  const { devices, planned } = makeWorkload(random, events, startMs);
  const secondary = seed % 2 === 1;
  const world = createWorld({
    startMs,
    devices,
    secondary,
    conditions: stormy(createSeededRandom(random.int(0, 2 ** 31))),
  });
  const fates = new Map<string, Fate>();
  const luck = createSeededRandom(random.int(0, 2 ** 31));
  const send = (some: readonly Planned[]): void => {
    for (const { events: batch, atMs } of makePosts(random, some)) {
      void world.time
        .sleep(atMs - startMs)
        .then(() => deliver(world, luck, subscription, batch))
        .then((fate) => {
          for (const { truth } of batch) fates.set(truth.id, fate);
        });
    }
  };
  send(planned.filter(({ truth }) => isCall(truth.kind)));
  send(planned.filter(({ truth }) => !isCall(truth.kind)));
  await world.time.run();
  const inStorm = { posts: world.posts.length, storage: { ...world.storage } };

  world.change(calm);
  for (const { truth } of planned) {
    void world.time.sleep(60_000).then(() => world.invoke([truth], createLife()));
  }
  await world.time.run();
  const truths = planned.map(({ truth }) => truth);
  const facts = makeCase({ world, devices, truths, fates });
  return { verdict: judge(facts, { seed, secondary, inStorm }), facts };
}

function isCall(kind: string): boolean {
  return kind === 'ring' || kind === 'joined' || kind === 'ended';
}
