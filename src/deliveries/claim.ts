import { type DeviceOutcome, isFinalOutcome, type Outcomes } from './outcomes.ts';

/** What the ledger needs to know of an event to find its row again: every `RelayEvent` has it. */
export interface EventKey {
  /** Source (compared in lower case), id and type: ids alone are reused by Azure. */
  readonly identity: { readonly source: string; readonly id: string; readonly type: string };
  /**
   * When the event happened, epoch milliseconds. Its UTC day decides the table, never the time of a delivery: a
   * redelivery after midnight must find the same row.
   */
  readonly timeMs: number;
}

/** Who asks for an event, and what it carries. */
export interface ClaimRequest {
  /** Names the asker to people who read the table (an invocation id). Need not be unique. */
  readonly owner: string;
  /** From `payloadHash`. */
  readonly payloadHash: string;
  readonly nowMs: number;
  /** How long nobody else may have the event. From `leaseMsFor`. */
  readonly leaseMs: number;
  /**
   * True to reopen a settled event that was not accepted for every device: only `accepted` stays final. For the redrive
   * of a dead letter, which is pointless when the ledger says "done" to it.
   */
  readonly redrive?: boolean;
}

/** The right to deliver one event, until the lease ends or somebody takes it over. */
export interface Claim {
  readonly event: EventKey;
  /** Unique to this claim. */
  readonly holder: string;
  /** Version of the row this claim wrote: the fencing token. */
  readonly etag: string;
  /** 1 for the first claim of the event, one more for every take-over: no two claims share a number. */
  readonly attempt: number;
  readonly payloadHash: string;
  /** What is known from earlier attempts. What a dead owner left open is `unknown`. */
  readonly outcomes: Outcomes;
  /** What pushes that are not in `outcomes` count as: `unknown` after an owner died at work. */
  readonly unlisted: 'untried' | 'unknown';
}

/** What came of asking for an event. */
export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Done before: skip it. */
  | { readonly kind: 'settled'; readonly outcomes: Outcomes }
  /** A live owner has it: have Event Grid come back. */
  | { readonly kind: 'busy'; readonly leaseUntilMs: number }
  /** The same identity was seen with another payload: poison. */
  | { readonly kind: 'payload-changed' };

/** `lost`: somebody took the event over meanwhile; nothing was written, and nothing must be sent because of it. */
export type SettleResult = { readonly kind: 'settled' } | { readonly kind: 'lost' };

/**
 * The record of which devices an event has reached. Every method throws a `RelayError` with the code
 * `STORAGE_UNAVAILABLE` when storage fails or a row cannot be read, and then has either written or not.
 */
export interface Ledger {
  /** Asks for an event: one storage round trip for an event not seen before. */
  readonly claim: (event: EventKey, request: ClaimRequest) => Promise<ClaimResult>;
  /**
   * Writes what became of the pushes, if the claim still stands. Outcomes that were final before stay as they were.
   * A claim is spent once it is settled; saying exactly the same again, after an answer that was lost, is `settled` too.
   */
  readonly settle: (claim: Claim, outcomes: Outcomes, options: SettleOptions) => Promise<SettleResult>;
}

/** How an attempt ended. */
interface SettleOptions {
  /** True: the event is done for good. False: it is given back, and may be claimed again at once. */
  readonly final: boolean;
  readonly nowMs: number;
}

// Settling comes after the last try, so the lease must outlive it a little.
const settleMs = 2_000;

// Event Grid delivers again 10 s after a failure at the earliest ("Event Grid message delivery and retry"). A lease that
// outlasts that would keep the redelivery of a crashed attempt waiting, and a ring has no second chance. An attempt that
// takes longer goes on without its lease: whoever takes over sends pushes of the same ids, which devices collapse, and
// the slow owner cannot settle any more.
const longestMs = 10_000;

/** What a claim knows about one push before this attempt. */
export function outcomeOf(claim: Pick<Claim, 'outcomes' | 'unlisted'>, key: string): DeviceOutcome {
  return claim.outcomes.get(key) ?? claim.unlisted;
}

/** What one row of the ledger says about its event. */
export interface LedgerRecord {
  /** The claim that wrote it, unique to that claim. */
  readonly holder: string;
  /**
   * `leased`: somebody is at work, or died at it; the lease itself is the mark that pushes may be on their way.
   * `released`: given back unfinished, free at once whatever the clocks say. `settled`: done.
   */
  readonly state: 'leased' | 'released' | 'settled';
  /** End of the lease, epoch milliseconds. */
  readonly leaseUntilMs: number;
  /** 1 for the first claim, one more for every take-over. */
  readonly attempt: number;
  readonly payloadHash: string;
  readonly outcomes: Outcomes;
  /** What pushes that `outcomes` does not list must count as: `unknown` once an owner died or the list was cut. */
  readonly unlisted: 'untried' | 'unknown';
}

/** What to do about an event whose row exists. */
type ClaimDecision =
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

/** What bounds one attempt. All times epoch milliseconds. */
interface LeaseBounds {
  readonly nowMs: number;
  /** After this moment the event's pushes are worthless: the ring deadline, or the end of a chat push's life. */
  readonly deadlineMs: number;
  /** When this attempt stops at the latest. */
  readonly budgetEndsMs: number;
}

/** How long an attempt may keep its event: until its work must be over, and time to settle; 2,000 to 10,000 ms. */
export function leaseMsFor({ nowMs, deadlineMs, budgetEndsMs }: LeaseBounds): number {
  const workMs = Math.max(Math.min(deadlineMs, budgetEndsMs) - nowMs, 0);
  return Math.min(workMs + settleMs, longestMs);
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
    },
  };
}

function withoutFailures(outcomes: Outcomes): Outcomes {
  return new Map([...outcomes].filter(([, outcome]) => outcome === 'accepted' || !isFinalOutcome(outcome)));
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
