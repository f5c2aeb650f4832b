import type { DeviceOutcome } from './device-outcome.ts';
import type { FinalOutcome } from './final-outcome.ts';

/** True when a push with this outcome must not be sent again. */
export function isFinalOutcome(outcome: DeviceOutcome): outcome is FinalOutcome {
  return outcome === 'accepted' || outcome === 'rejected' || outcome === 'expired';
}
