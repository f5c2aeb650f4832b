import { checkTableCells } from './check-table-cells.ts';
import { compareRowKeys } from './compare-row-keys.ts';
import { escapeTableKey } from './escape-table-key.ts';
import type { TableCells, TableRow, TableStore, WriteResult } from './table-store.ts';

const STALE: WriteResult = { kind: 'stale' };

/** How much a {@link createMemoryTableStore} keeps. */
export interface MemoryTableOptions {
  /** Beyond this many partitions the one that was made first is forgotten with every further one. Default: no limit. */
  readonly maxPartitions?: number;
}

/**
 * A {@link TableStore} in memory with the semantics and the limits of the one on Azure, for replays and tests. The same
 * contract test runs on both.
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
      return find(partitionKey, rowKey) === undefined ? save(partitionKey, rowKey, cells) : STALE;
    },
    put: async (partitionKey, rowKey, cells) => {
      checkTableCells(cells);
      checkKeys(partitionKey, rowKey);
      return save(partitionKey, rowKey, cells);
    },
    replace: async (partitionKey, rowKey, cells, etag) => {
      checkTableCells(cells);
      return find(partitionKey, rowKey)?.etag === etag ? save(partitionKey, rowKey, cells) : STALE;
    },
    remove: async (partitionKey, rowKey, etag) => {
      const row = find(partitionKey, rowKey);
      if (row !== undefined && etag !== undefined && row.etag !== etag) return STALE;
      const rows = partitions.get(partitionKey);
      rows?.delete(rowKey);
      if (rows?.size === 0) partitions.delete(partitionKey);
      return { kind: 'done', etag: '' };
    },
  };
}

// Azure Tables is sent JSON, which has no negative zero.
function asSent(cells: TableCells): TableCells {
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, value === 0 ? 0 : value]));
}

// The escaped key itself is of no use here: escaping is one to one.
function checkKeys(...keys: readonly string[]): void {
  for (const key of keys) escapeTableKey(key);
}
