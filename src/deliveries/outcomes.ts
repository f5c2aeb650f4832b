import type { DeviceOutcome } from './device-outcome.ts';

/** Outcomes of the pushes of one event, by the key that `deliveryKey` gives each push. */
export type Outcomes = ReadonlyMap<string, DeviceOutcome>;
