/** The newest items, oldest first. */
export interface Log<Item> {
  readonly add: (item: Item) => void;
  readonly list: () => readonly Item[];
  readonly clear: () => void;
  /** Calls `listener` for each later item; returns a function that unsubscribes it. */
  readonly subscribe: (listener: (item: Item) => void) => () => void;
}

/** A read-only {@link Log}. */
export type LogView<Item> = Omit<Log<Item>, 'add'>;

/** An empty {@link Log} that keeps the last `capacity` items. */
export function createLog<Item>(capacity: number): Log<Item> {
  let items: readonly Item[] = [];
  const listeners = new Set<(item: Item) => void>();
  return {
    add: (item) => {
      items = [...items, item].slice(-capacity);
      for (const listener of listeners) listener(item);
    },
    list: () => items,
    clear: () => {
      items = [];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
