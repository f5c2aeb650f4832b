import type { EventReport } from './event-report.ts';

/**
 * How an event ended, as it is told: its report, or, when it could not be handled and Event Grid must come back, the code
 * of the error.
 */
export type EventEnd =
  | EventReport
  | { readonly end: 'deferred'; readonly identity?: EventReport['identity']; readonly reason: string };

/** How the ledger took it: `lost` to another owner, or `failed`. Where it was down from the start nothing is written. */
export type SettleEnd = 'settled' | 'lost' | 'failed';
