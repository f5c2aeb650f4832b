import type { DeviceOutcome } from './device-outcome.ts';
import type { Claim } from './ledger.ts';

/** What a claim knows about one push before this attempt. */
export function outcomeOf(claim: Pick<Claim, 'outcomes' | 'unlisted'>, key: string): DeviceOutcome {
  return claim.outcomes.get(key) ?? claim.unlisted;
}
