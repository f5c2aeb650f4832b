import type { SeededRandom } from './seeded-random.ts';
import type { Planned } from './workload.ts';

/** Events that Event Grid sends in one POST, and when it first does. */
export interface PlannedPost {
  readonly events: readonly Planned[];
  readonly atMs: number;
}

const nearMs = 400;

/** Puts events of one subscription into POSTs of one to three that come at about the same time, in order of time. */
export function makePosts(random: SeededRandom, planned: readonly Planned[]): readonly PlannedPost[] {
  const arrivals = planned
    .map((event) => ({ event, atMs: event.truth.timeMs + event.delayMs }))
    .sort((left, right) => left.atMs - right.atMs);
  const posts: { events: Planned[]; atMs: number; room: number; fromMs: number }[] = [];
  for (const { event, atMs } of arrivals) {
    const last = posts.at(-1);
    if (last !== undefined && last.room > 0 && atMs - last.fromMs <= nearMs) {
      last.events.push(event);
      last.atMs = atMs;
      last.room -= 1;
    } else {
      posts.push({ events: [event], atMs, room: random.int(0, 2), fromMs: atMs });
    }
  }
  return posts;
}
