import type { DeviceOutcome } from './device-outcome.ts';
import { isFinalOutcome } from './is-final-outcome.ts';
import type { ClaimRequest } from './ledger.ts';
import type { LedgerRecord } from './ledger-record.ts';
import type { Outcomes } from './outcomes.ts';

/** What to do about an event whose row exists. */
export type ClaimDecision =
  | { readonly kind: 'settled'; readonly outcomes: Outcomes }
  | { readonly kind: 'busy'; readonly leaseUntilMs: number }
  | { readonly kind: 'payload-changed' }
  /** The row is this claim's own: an earlier write of it arrived although its answer did not. */
  | { readonly kind: 'own' }
  | { readonly kind: 'take-over'; readonly record: LedgerRecord };

/** Judges a stored row for somebody who asks for its event as `holder`. */
export function decideClaim(record: LedgerRecord, holder: string, request: ClaimRequest): ClaimDecision {
  if (record.holder === holder) return { kind: 'own' };
  if (record.payloadHash !== request.payloadHash) return { kind: 'payload-changed' };
  switch (record.state) {
    case 'settled':
      if (request.redrive !== true || isDelivered(record.outcomes)) {
        return { kind: 'settled', outcomes: record.outcomes };
      }
      return takeOver({ ...record, outcomes: withoutFailures(record.outcomes) }, holder, request);
    case 'leased':
      if (request.nowMs < record.leaseUntilMs) return { kind: 'busy', leaseUntilMs: record.leaseUntilMs };
      return takeOver(
        { ...record, outcomes: openAsUnknown(record.outcomes), unlisted: 'unknown' },
        holder,
        request,
      );
    case 'released':
      return takeOver(record, holder, request);
  }
}

function takeOver(record: LedgerRecord, holder: string, request: ClaimRequest): ClaimDecision {
  return {
    kind: 'take-over',
    record: {
      ...record,
      holder,
      state: 'leased',
      leaseUntilMs: request.nowMs + request.leaseMs,
      attempt: record.attempt + 1,
    },
  };
}

function isDelivered(outcomes: Outcomes): boolean {
  return outcomes.size > 0 && [...outcomes.values()].every((outcome) => outcome === 'accepted');
}

// The dead owner may have sent to anybody it had no final answer for.
function openAsUnknown(outcomes: Outcomes): Outcomes {
  return new Map(
    [...outcomes].map(([key, outcome]): [string, DeviceOutcome] => [
      key,
      isFinalOutcome(outcome) ? outcome : 'unknown',
    ]),
  );
}

function withoutFailures(outcomes: Outcomes): Outcomes {
  return new Map([...outcomes].filter(([, outcome]) => outcome === 'accepted' || !isFinalOutcome(outcome)));
}
