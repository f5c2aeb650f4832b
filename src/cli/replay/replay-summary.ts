import { counted } from '../counted.ts';
import type { Replayed } from './replayed.ts';

/** One line that counts what a replay did, such as `2 recordings, 3 events: pushed 2 (4 pushes), poison 1.` */
export function replaySummary(results: readonly Replayed[]): string {
  const events = results.flatMap((replayed) => replayed.events);
  const pushes = events.flatMap((event) => event.pushes).length;
  const ends = ['pushed', 'skipped', 'ignored', 'poison'].flatMap((end) => {
    const count = events.filter((event) => event.end === end).length;
    if (count === 0) return [];
    return end === 'pushed' ? `${end} ${count} (${counted(pushes, 'push', 'pushes')})` : `${end} ${count}`;
  });
  const input = `${counted(results.length, 'recording')}, ${counted(events.length, 'event')}`;
  return ends.length === 0 ? `${input}.\n` : `${input}: ${ends.join(', ')}.\n`;
}
