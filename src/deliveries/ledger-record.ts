import type { Outcomes } from './outcomes.ts';

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
