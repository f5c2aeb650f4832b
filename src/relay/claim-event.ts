import { type ClaimResult, leaseMsFor } from '../deliveries/claim.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, RelayDeps } from './attempt.ts';
import { withinGraceOf } from './call-state.ts';

/** A claim, or the word that there is none because the ledger is down or hangs, and a ring does not wait for it. */
type EventClaim = ClaimResult | { readonly kind: 'degraded' };

/** Asking the ledger for an event: span `acs.claim`. */
export const claimSpan: SpanSpec<EventClaim> = {
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

/**
 * Claims an event. With the ledger down a ring goes out anyway, since twice is better than never, and one that hangs is
 * down for a ring one second after the devices are known; everything else waits for the redelivery.
 *
 * @param resolving the devices, asked for at the same time
 * @throws RelayError `STORAGE_UNAVAILABLE` when the ledger is down and the event is no ring
 */
export async function claimEvent(
  deps: RelayDeps,
  attempt: Attempt,
  event: RelayEvent,
  payloadHash: string,
  resolving: Promise<unknown>,
): Promise<EventClaim> {
  const nowMs = deps.clock();
  const isCall = event.kind === 'incoming-call';
  const deadlineMs = event.timeMs + (isCall ? deps.mapping.ringMs : deps.mapping.chatTtlMs);
  const leaseMs = leaseMsFor({ nowMs, deadlineMs, budgetEndsMs: attempt.budgetEndsMs });
  try {
    const request = { owner: attempt.owner, payloadHash, nowMs, leaseMs };
    const claim = deps.ledger.claim(
      event,
      attempt.redrive === true ? { ...request, redrive: true } : request,
    );
    return await (isCall ? withinGraceOf(deps.startTimer, resolving, claim) : claim);
  } catch (error) {
    if (!isCall || !(error instanceof RelayError)) throw error;
    attempt.log('error', 'ledger-unavailable', { doing: 'ringing without it', code: error.code });
    return { kind: 'degraded' };
  }
}
