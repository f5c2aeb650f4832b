import type { DeadLetter } from '../../deliveries/dead-letter.ts';
import type { DeadLetteredEvent } from '../../deliveries/dead-letter-store.ts';

/** One event of a dead letter, and what can be said about it without showing what is in it. */
export interface LetterEvent extends DeadLetteredEvent {
  /** The code of the relay's error, or the last outcome that Event Grid saw. Absent where there was none. */
  readonly code?: string;
  /** The type the event claims; absent when it is no event. */
  readonly type?: string;
  /** When the event happened, epoch milliseconds; absent when it does not say. */
  readonly happenedAtMs?: number;
  /** When the relay put it aside, or Event Grid last tried to deliver it, epoch milliseconds. */
  readonly putAsideAtMs?: number;
}

/** A blob of the container of dead letters, read. */
export type Letter =
  | {
      readonly kind: 'letter';
      readonly name: string;
      readonly origin: 'relay' | 'event-grid';
      /** One for the relay's own letters, any number for Event Grid's. */
      readonly events: readonly LetterEvent[];
      /** The letter as the relay stored it; absent for Event Grid's. */
      readonly stored?: DeadLetter;
    }
  /** There is such a blob, but it is no dead letter. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly message: string }
  | { readonly kind: 'missing'; readonly name: string };
