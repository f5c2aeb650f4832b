/** What an emulator remembers, oldest first, as much as it keeps. */
export interface Log<Item> {
  readonly add: (item: Item) => void;
  readonly list: () => readonly Item[];
  readonly clear: () => void;
  /** Calls `listener` for each item from now on; the returned function ends that. */
  readonly subscribe: (listener: (item: Item) => void) => () => void;
}

/** A log as those see it who do not write it. */
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
