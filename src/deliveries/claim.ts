import type { TableCells } from '../storage/tables.ts';
import { type DeviceOutcome, isFinalOutcome, type Outcomes } from './outcomes.ts';

/** Identifies an event's ledger row. Every `RelayEvent` has it. */
export interface EventKey {
  /** Source (compared in lower case), id and type: ids alone are reused by Azure. */
  readonly identity: { readonly source: string; readonly id: string; readonly type: string };
  /**
   * When the event happened, epoch milliseconds. Its UTC day decides the table, never the time of a delivery: a
   * redelivery after midnight must find the same row.
   */
  readonly timeMs: number;
}

export interface ClaimRequest {
  /** Identifies the claimant to people who read the table (an invocation id). Need not be unique. */
  readonly owner: string;
  /** From `payloadHash`. */
  readonly payloadHash: string;
  /** From `contentHash`. Two deliveries carry the same when either hash matches. */
  readonly contentHash: string;
  readonly nowMs: number;
  /** How long the claim keeps others away. From `leaseMsFor`. */
  readonly leaseMs: number;
  /**
   * True reopens a settled event that was not accepted for every device: only `accepted` stays final. For the redrive of
   * a dead letter, which the ledger would otherwise reject as done.
   */
  readonly redrive?: boolean;
}

/** The right to deliver one event, until the lease ends or another claim takes it over. */
export interface Claim {
  readonly event: EventKey;
  /** Unique to this claim. */
  readonly holder: string;
  /** Version of the row that this claim wrote last: the fencing token. */
  readonly etag: string;
  /** End of the lease, epoch milliseconds. */
  readonly leaseUntilMs: number;
  /** 1 for the first claim of the event, one more for every take-over: no two claims share a number. */
  readonly attempt: number;
  readonly payloadHash: string;
  readonly contentHash: string;
  /** Cells and outcomes of the row that another version wrote; settling writes them back. */
  readonly foreign: ForeignParts;
  /** Outcomes of earlier attempts. A push that a dead owner left open is `unknown`. */
  readonly outcomes: Outcomes;
  /** How pushes count that are not in `outcomes`: `unknown` after an owner died at work. */
  readonly unlisted: 'untried' | 'unknown';
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Delivered before: skip it. */
  | { readonly kind: 'settled'; readonly outcomes: Outcomes }
  /** A live owner has it: Event Grid must redeliver. */
  | { readonly kind: 'busy'; readonly leaseUntilMs: number }
  /** The same identity was seen with another payload: poison. */
  | { readonly kind: 'payload-changed' };

/** `lost`: another claim took the event over, or this one was settled; nothing was written. */
export type RenewResult = { readonly kind: 'renewed'; readonly claim: Claim } | { readonly kind: 'lost' };

/** `lost`: another claim took the event over; nothing was written. */
export type SettleResult = { readonly kind: 'settled' } | { readonly kind: 'lost' };

/**
 * Records which devices an event has reached. Every method throws a `RelayError` with the code `STORAGE_UNAVAILABLE`
 * when storage fails or a row is unreadable; the write may or may not have happened.
 */
export interface Ledger {
  /** Claims an event: one storage round trip for an event not seen before. */
  readonly claim: (event: EventKey, request: ClaimRequest) => Promise<ClaimResult>;
  /** Moves the end of the lease to `nowMs + leaseMs`, if the claim still holds. The claim it returns replaces the given one. */
  readonly renew: (claim: Claim, leaseMs: number, nowMs: number) => Promise<RenewResult>;
  /**
   * Writes the outcomes of the pushes, if the claim still holds. Outcomes that were final before stay. A claim is spent
   * once it is settled; writing exactly the same again, after a lost answer, is `settled` too.
   */
  readonly settle: (claim: Claim, outcomes: Outcomes, options: SettleOptions) => Promise<SettleResult>;
}

interface SettleOptions {
  /** True: the event is done. False: it is released and can be claimed again immediately. */
  readonly final: boolean;
  readonly nowMs: number;
}

/** Returns what a claim knows about one push from before this attempt. */
export function outcomeOf(claim: Pick<Claim, 'outcomes' | 'unlisted'>, key: string): DeviceOutcome {
  return claim.outcomes.get(key) ?? claim.unlisted;
}

/**
 * The claim of an owner that stops in the middle of its work: a push that is not final may be on its way, so it counts as
 * `unknown`, as after a crash. To be settled as not final.
 */
export function abandoned(claim: Claim): Claim {
  return { ...claim, outcomes: openAsUnknown(claim.outcomes), unlisted: 'unknown' };
}

/** Parts of a row that this version does not know: they are carried through every write. */
interface ForeignParts {
  readonly cells: TableCells;
  /** Kinds of outcomes, by the key of the push. */
  readonly outcomes: ReadonlyMap<string, string>;
}

/** One row of the ledger. */
export interface LedgerRecord {
  /** The claim that wrote it, unique to that claim. */
  readonly holder: string;
  /**
   * `leased`: an owner is at work or died at it, so pushes may be on their way. `released`: returned unfinished and free
   * immediately, whatever the clocks say. `settled`: done.
   */
  readonly state: 'leased' | 'released' | 'settled';
  /** End of the lease, epoch milliseconds. */
  readonly leaseUntilMs: number;
  /** 1 for the first claim, one more for every take-over. */
  readonly attempt: number;
  readonly payloadHash: string;
  /** Absent in rows of 0.1.0. */
  readonly contentHash?: string;
  readonly foreign: ForeignParts;
  readonly outcomes: Outcomes;
  /** How pushes count that `outcomes` does not list: `unknown` once an owner died or the list was cut. */
  readonly unlisted: 'untried' | 'unknown';
}

type ClaimDecision =
  | { readonly kind: 'settled'; readonly outcomes: Outcomes }
  | { readonly kind: 'busy'; readonly leaseUntilMs: number }
  | { readonly kind: 'payload-changed' }
  /** The row is this claim's own: its write arrived although the answer was lost. */
  | { readonly kind: 'own' }
  | { readonly kind: 'take-over'; readonly record: LedgerRecord };

/** Decides what a claim as `holder` finds in a stored row. */
export function decideClaim(record: LedgerRecord, holder: string, request: ClaimRequest): ClaimDecision {
  if (record.holder === holder) return { kind: 'own' };
  const isSame = record.payloadHash === request.payloadHash || record.contentHash === request.contentHash;
  if (!isSame) return { kind: 'payload-changed' };
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

interface LeaseBounds {
  /** What the event is about: a call is urgent, and its lease short. */
  readonly about: 'call' | 'chat';
  readonly nowMs: number;
  /** When this attempt stops at the latest, epoch milliseconds. */
  readonly budgetEndsMs: number;
}

/**
 * How long a call's lease lasts. Event Grid redelivers 10 s after a failure at the earliest ("Event Grid message delivery
 * and retry"): a longer lease would make the redelivery of a crashed ring wait for longer. An attempt that takes longer
 * renews its lease.
 */
export const callLeaseMs = 10_000;

// Settling follows the last try, so the lease must outlive it.
const settleMs = 2_000;

/**
 * Returns how long an attempt may hold its event. A lease outlives the work it guards: a message's lasts until the attempt
 * must end, plus 2 s to settle; a call's is renewed while its work goes on.
 */
export function leaseMsFor({ about, nowMs, budgetEndsMs }: LeaseBounds): number {
  return about === 'call' ? callLeaseMs : Math.max(budgetEndsMs - nowMs, 0) + settleMs;
}

function isDelivered(outcomes: Outcomes): boolean {
  return outcomes.size > 0 && [...outcomes.values()].every((outcome) => outcome === 'accepted');
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
      contentHash: record.contentHash ?? request.contentHash,
    },
  };
}

function withoutFailures(outcomes: Outcomes): Outcomes {
  return new Map([...outcomes].filter(([, outcome]) => outcome === 'accepted' || !isFinalOutcome(outcome)));
}

// The dead owner may have sent every push that has no final outcome.
function openAsUnknown(outcomes: Outcomes): Outcomes {
  return new Map(
    [...outcomes].map(([key, outcome]): [string, DeviceOutcome] => [
      key,
      isFinalOutcome(outcome) ? outcome : 'unknown',
    ]),
  );
}
