import type { Clock } from '../../../shared/time.ts';
import type { JournalEntry, JournalRecord } from '../shared/journal-record.ts';

/** The newest events of the local stack, oldest first. */
export interface Journal {
  readonly add: (record: JournalRecord) => void;
  /** The kept entries after `seq`; 0 returns all of them. */
  readonly after: (seq: number) => readonly JournalEntry[];
  /** Removes all entries. Numbering continues. */
  readonly clear: () => void;
  /** Calls `listener` for each later entry; returns a function that unsubscribes it. */
  readonly subscribe: (listener: (entry: JournalEntry) => void) => () => void;
  /** Calls `listener` whenever the journal is cleared; returns a function that unsubscribes it. */
  readonly onClear: (listener: () => void) => () => void;
}

/** An empty {@link Journal} that keeps the last `capacity` entries. */
export function createJournal(capacity: number, clock: Clock): Journal {
  let entries: readonly JournalEntry[] = [];
  let seq = 0;
  const listeners = new Set<(entry: JournalEntry) => void>();
  const clearListeners = new Set<() => void>();
  return {
    add: (record) => {
      seq += 1;
      const entry = { ...record, seq, atMs: clock() };
      entries = [...entries, entry].slice(-capacity);
      for (const listener of listeners) listener(entry);
    },
    after: (last) => entries.filter((entry) => entry.seq > last),
    clear: () => {
      entries = [];
      for (const listener of clearListeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onClear: (listener) => {
      clearListeners.add(listener);
      return () => {
        clearListeners.delete(listener);
      };
    },
  };
}
