import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../src/shared/in-parallel.ts';

describe('inParallel', () => {
  it('handles every item once, in order, and never more at a time than the width', async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    });
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
    expect(running).toBe(0);
  });

  it('calls nothing when there are no items', async () => {
    await expect(inParallel([], 3, () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
  });
});
