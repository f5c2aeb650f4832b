import { contentHash, payloadHash } from '../deliveries/call-secrets.ts';
import { type ClaimResult, leaseMsFor } from '../deliveries/claim.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { withinGraceOf } from './call-state.ts';
import { isCallEvent } from './capacity.ts';

/** The ledger's answer, or `degraded`: the ledger is down or hangs, and a ring does not wait for it. */
export type EventClaim = ClaimResult | { readonly kind: 'degraded' };

/**
 * Claims an event in the ledger. If the ledger is down, a ring goes out anyway, because twice is better than never; for a
 * ring, a ledger that has not answered one second after the devices are known counts as down. Any other event waits for
 * the redelivery.
 *
 * @param value the event as received
 * @param resolving the devices, being read at the same time
 * @throws RelayError `STORAGE_UNAVAILABLE` when the ledger is down and the event is not a ring
 */
export function claimEvent(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
  resolving: Promise<unknown>,
): Promise<EventClaim> {
  return attempt.scope.run(claimSpan, () => claim(deps, attempt, event, value, resolving));
}

/** Claiming an event: span `acs.claim`. */
const claimSpan: SpanSpec<EventClaim> = {
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

async function claim(
  deps: RelayDeps,
  attempt: Attempt,
  event: RelayEvent,
  value: unknown,
  resolving: Promise<unknown>,
): Promise<EventClaim> {
  const data = dataOf(value);
  const nowMs = deps.clock();
  const isRing = event.kind === 'incoming-call';
  const about = isCallEvent(event) ? 'call' : 'chat';
  const leaseMs = leaseMsFor({ about, nowMs, budgetEndsMs: attempt.budgetEndsMs });
  try {
    const hashes = { payloadHash: payloadHash(data), contentHash: contentHash(data) };
    const request = { owner: attempt.owner, ...hashes, nowMs, leaseMs };
    const claiming = deps.ledger.claim(
      event,
      attempt.redrive === true ? { ...request, redrive: true } : request,
    );
    return await (isRing ? withinGraceOf(deps.startTimer, resolving, claiming) : claiming);
  } catch (error) {
    if (!isRing || !(error instanceof RelayError)) throw error;
    attempt.log('error', 'ledger-unavailable', { doing: 'ringing without it', code: error.code });
    return { kind: 'degraded' };
  }
}

// The envelope is not part of the payload: it differs between the two event schemas.
function dataOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
}
