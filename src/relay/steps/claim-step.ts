import type { Step } from '../../telemetry/tracing.ts';
import type { EventClaim } from '../claim-event.ts';

/** Asking the ledger for an event: span `acs.claim`. */
export const claimStep: Step<EventClaim> = {
  name: 'acs.claim',
  end: (claimed) => ({
    attributes: {
      'acs.claim.result': claimed.kind,
      'acs.claim.attempt': claimed.kind === 'claimed' ? claimed.claim.attempt : undefined,
    },
    ...(claimed.kind === 'degraded' ? { failed: 'STORAGE_UNAVAILABLE' } : {}),
  }),
  fail: () => ({ 'acs.claim.result': 'failed' }),
};
