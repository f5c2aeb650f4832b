import type { Clock } from '../../../shared/time.ts';
import type { JournalEntry, JournalRecord } from '../shared/journal-record.ts';

/** What happened, oldest first, as much as is kept. */
export interface Journal {
  readonly add: (record: JournalRecord) => void;
  /** What is kept of what came after entry `seq`; 0 gives everything. */
  readonly after: (seq: number) => readonly JournalEntry[];
  /** Forgets everything that was written down so far. Numbers go on. */
  readonly clear: () => void;
  /** Calls `listener` for each entry from now on; the returned function ends that. */
  readonly subscribe: (listener: (entry: JournalEntry) => void) => () => void;
  /** Calls `listener` whenever the journal is cleared; the returned function ends that. */
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
