import type { Conditions } from './conditions.ts';
import { taken } from './hub-fault.ts';

/** Nothing goes wrong, and everything takes a little. */
export const calm: Conditions = {
  storageMs: () => 4,
  hubMs: () => 20,
  storageFault: () => undefined,
  hubFault: () => taken,
  jitter: () => 0.5,
};
