/** Counts what happens in windows of time, and knows the fullest one. */
export interface Peak {
  /** Counts one at this moment, and tells how many the window has by now. */
  readonly add: (atMs: number) => number;
  readonly most: () => number;
}

/** Windows begin at whole multiples of their length. */
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
