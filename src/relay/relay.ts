import type { Attempt } from './attempt.ts';
import type { EventReport } from './event-report.ts';

/** The pipeline: one event in, what became of it out. */
export interface Relay {
  /**
   * Handles one delivered JSON value.
   *
   * @throws RelayError when nothing could be decided and the event must be delivered again, such as
   *   `STORAGE_UNAVAILABLE`; never for what the event holds
   */
  readonly handle: (value: unknown, attempt: Attempt) => Promise<EventReport>;
  /** Puts a body aside that is no JSON at all. */
  readonly handleText: (text: string, attempt: Attempt) => Promise<EventReport>;
}
