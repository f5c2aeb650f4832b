import type { DeviceOutcome } from './device-outcome.ts';

/**
 * Every device outcome, by what forgetting one would cost: a forgotten `accepted` can double a push, a forgotten `untried`
 * costs nothing.
 */
export const outcomeKinds = [
  'accepted',
  'rejected',
  'expired',
  'unknown',
  'misconfigured',
  'unavailable',
  'throttled',
  'untried',
] as const satisfies readonly DeviceOutcome[];
