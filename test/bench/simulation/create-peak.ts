/** Counts occurrences per time window and remembers the fullest window. */
export interface Peak {
  /** Counts one at this moment and returns the count of its window. */
  readonly add: (atMs: number) => number;
  readonly most: () => number;
}

/** Windows start at whole multiples of their length. */
export function createPeak(windowMs: number): Peak {
  let window = Number.NEGATIVE_INFINITY;
  let count = 0;
  let most = 0;
  return {
    add: (atMs) => {
      const current = Math.floor(atMs / windowMs);
      if (current !== window) {
        window = current;
        count = 0;
      }
      count += 1;
      most = Math.max(most, count);
      return count;
    },
    most: () => most,
  };
}
