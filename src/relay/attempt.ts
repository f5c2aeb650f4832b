import type { Logger } from '../telemetry/logger.ts';

/** One delivery of one event to the relay. */
export interface Attempt {
  /** The Function, for logs and dead letters. */
  readonly functionName: string;
  /** Names this attempt in the ledger, such as an invocation id. */
  readonly owner: string;
  readonly log: Logger;
  /** When the attempt must be over, epoch milliseconds. */
  readonly budgetEndsMs: number;
  /** The event comes from a dead letter: what failed for good before is sent again, what was accepted is not. */
  readonly redrive?: true;
}
