import type { VirtualTime } from '../../support/chaos/virtual-time.ts';
import { createLatency } from './create-latency.ts';
import { createPeak } from './create-peak.ts';
import type { Inputs } from './inputs.ts';

/** A storage account: each request takes its time, and above the target of the account it waits for a later second. */
export interface Storage {
  readonly request: () => Promise<void>;
  /** Most requests that were asked for within one second. */
  readonly peak: () => number;
}

/** The account is one queue: that its retries cost more than waiting in line is left out. */
export function createStorage(time: VirtualTime, random: () => number, inputs: Inputs): Storage {
  const latency = createLatency(inputs.storageMedianMs, inputs.storageP99Ms, random);
  const peak = createPeak(1_000);
  let second = 0;
  let used = 0;
  return {
    request: async () => {
      const nowMs = time.clock();
      peak.add(nowMs);
      const current = Math.floor(nowMs / 1_000);
      if (current > second) {
        second = current;
        used = 0;
      } else if (used >= inputs.storageRequestsPerSecond) {
        second += 1;
        used = 0;
      }
      used += 1;
      await time.sleep(Math.max(0, second * 1_000 - nowMs) + latency());
    },
    peak: peak.most,
  };
}
