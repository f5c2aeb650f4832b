import type { InspectorState } from '../shared/inspector-state.ts';

/** The newest state, for everybody who watches. */
export interface StateFeed {
  /** Undefined until it was read once. */
  readonly current: () => InspectorState | undefined;
  /** Says that something has changed: it is read anew, once for all changes of a moment. */
  readonly changed: () => void;
  /** Resolves when every change so far has been read. */
  readonly settled: () => Promise<void>;
  readonly subscribe: (listener: (state: InspectorState) => void) => () => void;
}

/** A {@link StateFeed} over a way to read the state. What cannot be read stays as it was. */
export function createStateFeed(read: () => Promise<InspectorState>): StateFeed {
  let state: InspectorState | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  const listeners = new Set<(state: InspectorState) => void>();
  const refresh = async () => {
    do {
      again = false;
      const fresh = await read().catch(() => undefined);
      if (fresh === undefined) continue;
      state = fresh;
      for (const listener of listeners) listener(fresh);
    } while (again);
    reading = undefined;
  };
  return {
    current: () => state,
    changed: () => {
      again = true;
      reading ??= refresh();
    },
    settled: async () => reading,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
