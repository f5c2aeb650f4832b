import type { Replayed } from './replayed.ts';

/** What each event became, as JSON lines: for scripts. */
export function replayLines(results: readonly Replayed[]): string {
  return results
    .flatMap(({ name, events }) =>
      events.map((event) => `${JSON.stringify({ recording: name, ...event })}\n`),
    )
    .join('');
}
