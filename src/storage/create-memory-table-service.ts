import { createMemoryTableStore } from './create-memory-table-store.ts';
import type { TableService } from './table-service.ts';
import type { TableStore } from './table-store.ts';

/** A storage account's tables in memory, for replays and tests. */
export function createMemoryTableService(): TableService {
  const made = new Map<string, TableStore>();
  let generations = 0;

  const make = (name: string): TableStore => {
    generations += 1;
    const store = withOwnVersions(createMemoryTableStore(), `${generations}/`);
    made.set(name, store);
    return store;
  };

  return {
    // As on Azure, a table handed out once goes on working after a drop: on nothing, until a write makes it anew.
    table: (name) => ({
      get: async (...key) => made.get(name)?.get(...key),
      list: async (partitionKey) => (await made.get(name)?.list(partitionKey)) ?? [],
      insert: (...row) => (made.get(name) ?? make(name)).insert(...row),
      put: (...row) => (made.get(name) ?? make(name)).put(...row),
      replace: async (...row) => (await made.get(name)?.replace(...row)) ?? { kind: 'stale' },
      remove: async (...row) => (await made.get(name)?.remove(...row)) ?? { kind: 'done', etag: '' },
    }),
    makeTable: async (name) => {
      if (!made.has(name)) make(name);
    },
    listTables: async (prefix) => [...made.keys()].filter((name) => name.startsWith(prefix)).sort(),
    dropTable: async (name) => {
      made.delete(name);
    },
  };
}

// Every memory table counts its versions from one. A version from before a drop must not fit a row from after it.
function withOwnVersions(store: TableStore, mark: string): TableStore {
  const unmark = (etag: string): string =>
    etag.startsWith(mark) ? etag.slice(mark.length) : 'none of this table';
  const marked = <Versioned extends object>(result: Versioned): Versioned =>
    'etag' in result ? { ...result, etag: `${mark}${result.etag}` } : result;
  return {
    get: async (...key) => {
      const row = await store.get(...key);
      return row === undefined ? undefined : marked(row);
    },
    list: async (partitionKey) => (await store.list(partitionKey)).map(marked),
    insert: async (...row) => marked(await store.insert(...row)),
    put: async (...row) => marked(await store.put(...row)),
    replace: async (partitionKey, rowKey, cells, etag) =>
      marked(await store.replace(partitionKey, rowKey, cells, unmark(etag))),
    remove: (partitionKey, rowKey, etag) =>
      store.remove(partitionKey, rowKey, ...(etag === undefined ? [] : [unmark(etag)])),
  };
}
