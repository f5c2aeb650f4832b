import type { DeadLetterSource } from './dead-letter-source.ts';
import type { DeadLetteredEvent } from './dead-lettered-event.ts';

/**
 * Events that were put aside. Every method throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when storage
 * fails.
 */
export interface DeadLetterStore {
  /** Stores an event and gives the name it has; putting it again overwrites it under the same name. */
  readonly put: (source: DeadLetterSource) => Promise<string>;
  /** Names that begin with `prefix` (`2026/11/22/`), oldest day first. */
  readonly list: (prefix?: string) => AsyncIterable<string>;
  /**
   * The events of a blob: one for the relay's own, any number for Event Grid's. Undefined when there is no such blob.
   *
   * @throws RelayError `INPUT_UNUSABLE` when the blob is no dead letter.
   */
  readonly get: (name: string) => Promise<readonly DeadLetteredEvent[] | undefined>;
  /** Removes a blob; done as well when there is none. */
  readonly remove: (name: string) => Promise<void>;
  /**
   * Notes in a letter when it was redriven with success. False when there is no such letter, or it is Event Grid's, which
   * is left as it is: the ledger makes redriving it twice harmless.
   */
  readonly markRedriven: (name: string, atMs: number) => Promise<boolean>;
}
