import type { HubFault } from './hub-fault.ts';

/** The weather in a world: how long things take, and what goes wrong. */
export interface Conditions {
  readonly storageMs: () => number;
  readonly hubMs: () => number;
  /** Whether a storage request fails, and on which side of its effect. */
  readonly storageFault: () => 'before' | 'after' | undefined;
  /** @param hub its name, such as `alert-0` */
  readonly hubFault: (hub: string, nowMs: number, handle: string) => HubFault;
  /** From 0 to below 1, for the relay's jitter. */
  readonly jitter: () => number;
}
