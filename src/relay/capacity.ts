import { RelayError } from '../errors/errors.ts';
import type { StartTimer } from '../shared/time.ts';

/** Limits how many chat events a process works on. Calls do not ask: a ring is worth nothing when it has waited. */
export interface Capacity {
  /**
   * Does the work as soon as there is room, first come, first served.
   *
   * @throws RelayError `CAPACITY_EXCEEDED` when there was no room for 10 seconds; the work was not begun
   */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

// A hub that takes 2.5 s for a push leaves 64 events some 25 pushes a second; an instance is small, and more instances
// start when events fail.
const mostUnderWay = 64;

// Event Grid waits 30 seconds for the answer, and the work needs most of them.
const longestWaitMs = 10_000;

/** Makes room for 64 events at a time. */
export function createCapacity(startTimer: StartTimer): Capacity {
  let underWay = 0;
  // In the order of their arrival.
  const waiting = new Set<() => void>();

  const enter = async (): Promise<void> => {
    if (underWay < mostUnderWay) {
      underWay += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.add(resolve);
    const stopTimer = startTimer(longestWaitMs, () => {
      // Its turn may have come in the same moment: then this changes nothing.
      if (waiting.delete(resolve)) reject(capacityExceeded());
    });
    try {
      await promise;
    } finally {
      stopTimer();
    }
  };
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      underWay -= 1;
      return;
    }
    // The room goes to the next one, and is never seen to be free.
    waiting.delete(next);
    next();
  };

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function capacityExceeded(): RelayError {
  return new RelayError({
    code: 'CAPACITY_EXCEEDED',
    class: 'provider',
    message: `This instance is working on ${mostUnderWay} chat events, and none was finished within ${longestWaitMs / 1000} seconds. Event Grid delivers this one again. If this happens often, find out why the hub or storage is slow, or raise MAXIMUM_INSTANCE_COUNT.`,
  });
}
