import type { RelayDeps } from '../../../src/relay/attempt.ts';

/** Time that passes only when everything waits for it. */
export interface VirtualTime {
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly startTimer: RelayDeps['startTimer'];
  /** Lets time pass until nothing is waiting any more. */
  readonly run: () => Promise<void>;
}

interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock with a scheduler: sleepers wake in order of time, and each runs until everything waits again. No real time
 * passes, and the same program always runs in the same order.
 */
export function createVirtualTime(startMs: number): VirtualTime {
  let nowMs = startMs;
  let order = 0;
  // A binary heap: the parent of `i` is `(i - 1) >> 1`.
  const heap: Waiting[] = [];

  const push = (waiting: Waiting): void => {
    let at = heap.length;
    heap.push(waiting);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, waiting)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = waiting;
  };

  const pop = (): Waiting | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const [child, next] =
        right !== undefined && left !== undefined && isBefore(right, left)
          ? [right, 2 * at + 2]
          : [left, 2 * at + 1];
      if (child === undefined || isBefore(last, child)) break;
      heap[at] = child;
      at = next;
    }
    heap[at] = last;
    return first;
  };

  const wakeAfter = (ms: number, wake: () => void): void => {
    order += 1;
    push({ atMs: nowMs + Math.max(0, ms), order, wake });
  };

  return {
    clock: () => nowMs,
    sleep: (ms) => new Promise((wake) => wakeAfter(ms, wake)),
    startTimer: (ms, act) => {
      let isOff = false;
      wakeAfter(ms, () => {
        if (!isOff) act();
      });
      return () => {
        isOff = true;
      };
    },
    async run() {
      for (;;) {
        await untilAllWait();
        const next = pop();
        if (next === undefined) return;
        nowMs = next.atMs;
        next.wake();
      }
    },
  };
}

function isBefore(left: Waiting, right: Waiting): boolean {
  return left.atMs === right.atMs ? left.order < right.order : left.atMs < right.atMs;
}

// An immediate comes only after every promise that can go on has done so.
function untilAllWait(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
