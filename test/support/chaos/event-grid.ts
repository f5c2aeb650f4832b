import { createLife } from './life.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Planned } from './workload.ts';
import type { World } from './world.ts';

/** What Event Grid knows of an event in the end. */
export interface Fate {
  readonly kind: 'acknowledged' | 'dead-lettered';
  readonly atMs: number;
  readonly deliveries: number;
}

/** How Event Grid delivers for one subscription ("Event Grid message delivery and retry"). */
export interface Subscription {
  readonly mostDeliveries: number;
  readonly timeToLiveMs: number;
}

// Seconds until the next try; Event Grid adds some at random.
const schedule = [10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200];
const answerWithinMs = 30_000;

/**
 * Delivers one POST of some events until it is acknowledged as a whole or given up: again and again on the schedule,
 * sometimes twice although once was enough, sometimes again because the answer was lost. One invocation in a hundred
 * dies on the way, and Event Grid sees a broken connection or waits in vain.
 */
export async function deliver(
  world: World,
  random: SeededRandom,
  subscription: Subscription,
  events: readonly Planned[],
): Promise<Fate> {
  const { time } = world;
  const carried = events.map(({ truth }) => truth);
  const bornMs = Math.min(...events.map(({ truth }) => truth.timeMs));
  const invoke = (): Promise<boolean> => {
    const life = createLife(random.chance(0.01) ? random.int(1, 30) : undefined);
    return world.invoke(carried, life);
  };
  for (let deliveries = 1; ; deliveries += 1) {
    // Some doubles come while the first is still being worked on.
    const apartMs = random.chance(0.6) ? 600 : 40_000;
    if (random.chance(0.06)) void time.sleep(random.int(0, apartMs)).then(invoke);
    const answered = await Promise.race([invoke(), time.sleep(answerWithinMs).then(() => false)]);
    if (answered && !random.chance(0.02)) return { kind: 'acknowledged', atMs: time.clock(), deliveries };
    const seconds = schedule[Math.min(deliveries, schedule.length) - 1] ?? 0;
    const pauseMs = seconds * 1_000 * (1 + random.next() * 0.25);
    const isOver = time.clock() + pauseMs > bornMs + subscription.timeToLiveMs;
    if (isOver || deliveries >= subscription.mostDeliveries) {
      return { kind: 'dead-lettered', atMs: time.clock(), deliveries };
    }
    await time.sleep(pauseMs);
  }
}
