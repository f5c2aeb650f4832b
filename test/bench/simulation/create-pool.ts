import type { VirtualTime } from '../../support/chaos/virtual-time.ts';
import type { Inputs } from './inputs.ts';

/** The instances of one Function on Flex Consumption, which scales each Function separately. */
export interface Pool {
  /** Runs an invocation as soon as an instance has room for it. */
  readonly run: <Result>(invocation: (instance: Instance) => Promise<Result>) => Promise<Result>;
  /** The most instances at any time. */
  readonly peak: () => number;
}

/** An instance: one thread with several concurrent invocations. */
export interface Instance {
  /** Uses the thread, once it is free. */
  readonly cpu: (ms: number) => Promise<void>;
}

interface Running extends Instance {
  invocations: number;
}

/** Starts with the instances that are always ready, and adds others while invocations wait. Removes none. */
export function createPool(time: VirtualTime, alwaysReady: number, inputs: Inputs): Pool {
  const { concurrency, maxInstances, coldStartMs, newInstancesPerSecond } = inputs;
  const instances: Running[] = Array.from({ length: alwaysReady }, () => createInstance(time));
  // A queue; `next` avoids shifting the array.
  const waiting: ((instance: Running) => void)[] = [];
  let next = 0;
  let starting = 0;
  let scaling = false;

  const scale = async (): Promise<void> => {
    if (scaling) return;
    scaling = true;
    while (waiting.length - next > starting * concurrency && instances.length + starting < maxInstances) {
      starting += 1;
      void time.sleep(coldStartMs).then(() => {
        starting -= 1;
        const instance = createInstance(time);
        instances.push(instance);
        for (let free = concurrency; free > 0; free -= 1) hand(instance);
      });
      await time.sleep(1_000 / newInstancesPerSecond);
    }
    scaling = false;
  };

  const hand = (instance: Running): void => {
    const first = waiting[next];
    if (first === undefined) return;
    next += 1;
    instance.invocations += 1;
    first(instance);
  };

  const acquire = async (): Promise<Running> => {
    let best: Running | undefined;
    for (const instance of instances) {
      if (instance.invocations < (best?.invocations ?? concurrency)) best = instance;
    }
    if (best !== undefined) {
      best.invocations += 1;
      return best;
    }
    const acquired = new Promise<Running>((resolve) => {
      waiting.push(resolve);
    });
    void scale();
    return acquired;
  };

  return {
    run: async (invocation) => {
      const instance = await acquire();
      const result = await invocation(instance);
      instance.invocations -= 1;
      hand(instance);
      return result;
    },
    peak: () => instances.length,
  };
}

function createInstance(time: VirtualTime): Running {
  let freeAtMs = 0;
  return {
    invocations: 0,
    cpu: (ms) => {
      freeAtMs = Math.max(freeAtMs, time.clock()) + ms;
      return time.sleep(freeAtMs - time.clock());
    },
  };
}
