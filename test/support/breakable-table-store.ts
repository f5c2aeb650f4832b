import type { TableStore } from '../../src/storage/tables.ts';

/** Called around every operation of a store; what it throws, the caller of the store gets. */
export interface StoreHooks {
  readonly before?: () => void | Promise<void>;
  readonly after?: () => void | Promise<void>;
}

/** The store, with something happening before or after each of its operations: a crash, a count, a pause. */
export function breakableTableStore(store: TableStore, hooks: StoreHooks): TableStore {
  const around = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    await hooks.before?.();
    const result = await act();
    await hooks.after?.();
    return result;
  };
  return {
    get: (...args) => around(() => store.get(...args)),
    list: (...args) => around(() => store.list(...args)),
    insert: (...args) => around(() => store.insert(...args)),
    put: (...args) => around(() => store.put(...args)),
    replace: (...args) => around(() => store.replace(...args)),
    remove: (...args) => around(() => store.remove(...args)),
  };
}
