import type { DeadLetter } from './dead-letter.ts';

/** One event that was put aside, by the relay or by Event Grid, ready to be looked at or redriven. */
export interface DeadLetteredEvent {
  readonly origin: 'relay' | 'event-grid';
  /** The relay's reason, or Event Grid's (`MaxDeliveryAttemptsExceeded`, …). */
  readonly reason: string;
  /** The relay's message, or the last outcome Event Grid saw (`NotFound`, …). */
  readonly message: string;
  readonly attempt: number;
  /** The event in its envelope, as it would be delivered; only `json` can be redriven. */
  readonly event: DeadLetter['event'];
  readonly redrivenAtMs?: number;
}
