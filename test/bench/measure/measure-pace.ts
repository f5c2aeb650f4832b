import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts work at a steady pace, whether or not earlier pieces have ended.
 *
 * @param work gets the index of the piece and returns when it ended (`performance.now()`), or undefined for the moment
 *   it resolves
 * @returns the duration of each piece, in milliseconds
 */
export async function measurePace(
  work: (index: number) => Promise<number | undefined>,
  { perSecond, count }: { readonly perSecond: number; readonly count: number },
): Promise<readonly number[]> {
  const firstMs = performance.now();
  const running: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = firstMs + (index * 1000) / perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const startMs = performance.now();
    running.push(work(index).then((endedMs) => (endedMs ?? performance.now()) - startMs));
  }
  return Promise.all(running);
}
