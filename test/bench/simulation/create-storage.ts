import type { VirtualTime } from '../../support/chaos/virtual-time.ts';
import { createLatency } from './create-latency.ts';
import { createPeak } from './create-peak.ts';
import type { Inputs } from './inputs.ts';

/** A storage account: a request above the account's target waits for a later second. */
export interface Storage {
  readonly request: () => Promise<void>;
  /** The most requests within one second. */
  readonly peak: () => number;
}

/** Models the account as one queue, and ignores that retries cost more than waiting in it. */
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
