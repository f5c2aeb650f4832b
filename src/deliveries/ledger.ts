import type { EventKey } from './event-key.ts';
import type { Outcomes } from './outcomes.ts';

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
  /** True when somebody had the event before. */
  readonly resumed: boolean;
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

/** How an attempt ended. */
export interface SettleOptions {
  /** True: the event is done for good. False: it is given back, and may be claimed again at once. */
  readonly final: boolean;
  readonly nowMs: number;
}

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
