import { checkTableCells, compareRowKeys, escapeTableKey } from './table-rows.ts';
import type { TableCells, TableRow, TableService, TableStore, WriteResult } from './tables.ts';

const stale: WriteResult = { kind: 'stale' };

interface MemoryTableOptions {
  /** Above this many partitions, each new one evicts the oldest. Default: no limit. */
  readonly maxPartitions?: number;
}

/**
 * A {@link TableStore} in memory with the semantics and the limits of the one on Azure, for replays and tests. Both pass
 * the same contract test.
 */
export function createMemoryTableStore({ maxPartitions = Infinity }: MemoryTableOptions = {}): TableStore {
  const partitions = new Map<string, Map<string, TableRow>>();
  let version = 0;

  const find = (partitionKey: string, rowKey: string): TableRow | undefined => {
    checkKeys(partitionKey, rowKey);
    return partitions.get(partitionKey)?.get(rowKey);
  };
  const makePartition = (partitionKey: string): Map<string, TableRow> => {
    const rows = new Map<string, TableRow>();
    partitions.set(partitionKey, rows);
    const [first] = partitions.keys();
    if (partitions.size > maxPartitions && first !== undefined) partitions.delete(first);
    return rows;
  };
  const save = (partitionKey: string, rowKey: string, cells: TableCells): WriteResult => {
    version += 1;
    const etag = `W/"${version}"`;
    const rows = partitions.get(partitionKey) ?? makePartition(partitionKey);
    rows.set(rowKey, { partitionKey, rowKey, etag, cells: asSent(cells) });
    return { kind: 'done', etag };
  };

  return {
    get: async (partitionKey, rowKey) => find(partitionKey, rowKey),
    list: async (partitionKey) => {
      checkKeys(partitionKey);
      return [...(partitions.get(partitionKey)?.values() ?? [])].sort(compareRowKeys);
    },
    insert: async (partitionKey, rowKey, cells) => {
      checkTableCells(cells);
      return find(partitionKey, rowKey) === undefined ? save(partitionKey, rowKey, cells) : stale;
    },
    put: async (partitionKey, rowKey, cells) => {
      checkTableCells(cells);
      checkKeys(partitionKey, rowKey);
      return save(partitionKey, rowKey, cells);
    },
    replace: async (partitionKey, rowKey, cells, etag) => {
      checkTableCells(cells);
      return find(partitionKey, rowKey)?.etag === etag ? save(partitionKey, rowKey, cells) : stale;
    },
    remove: async (partitionKey, rowKey, etag) => {
      const row = find(partitionKey, rowKey);
      if (row !== undefined && etag !== undefined && row.etag !== etag) return stale;
      const rows = partitions.get(partitionKey);
      rows?.delete(rowKey);
      if (rows?.size === 0) partitions.delete(partitionKey);
      return { kind: 'done', etag: '' };
    },
  };
}

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
    // As on Azure, a store of a deleted table still works: it is empty until a write creates the table again.
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

/** Only checks the length: escaping is one to one, so the map needs no escaped keys. */
function checkKeys(...keys: readonly string[]): void {
  for (const key of keys) escapeTableKey(key);
}

/** Azure Tables gets JSON, which has no negative zero. */
function asSent(cells: TableCells): TableCells {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, value === 0 ? 0 : value]));
}

/** Every memory table counts its versions from one. A version from before a deletion must not match a row from after it. */
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
