import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does a piece of work again and again at a steady pace, whether or not the pieces before have ended.
 *
 * @param work gets the number of the piece, counted from 0, and answers when it ended (`performance.now()`), or nothing
 *   when that is when it returns
 * @returns how long each piece took, in milliseconds
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
