import { checkTableCells } from './check-table-cells.ts';
import { compareRowKeys } from './compare-row-keys.ts';
import { escapeTableKey } from './escape-table-key.ts';
import type { TableCells, TableRow, TableStore, WriteResult } from './table-store.ts';

const STALE: WriteResult = { kind: 'stale' };

/**
 * A {@link TableStore} in memory with the semantics and the limits of the one on Azure, for replays and tests. The same
 * contract test runs on both.
 */
export function createMemoryTableStore(): TableStore {
  const rows = new Map<string, TableRow>();
  let version = 0;

  const find = (partitionKey: string, rowKey: string) => {
    const id = JSON.stringify([escapeTableKey(partitionKey), escapeTableKey(rowKey)]);
    return { id, row: rows.get(id) };
  };
  const save = (id: string, partitionKey: string, rowKey: string, cells: TableCells): WriteResult => {
    version += 1;
    const etag = `W/"${version}"`;
    rows.set(id, { partitionKey, rowKey, etag, cells: { ...cells } });
    return { kind: 'done', etag };
  };

  return {
    get: async (partitionKey, rowKey) => find(partitionKey, rowKey).row,
    list: async (partitionKey) => {
      escapeTableKey(partitionKey);
      return [...rows.values()].filter((row) => row.partitionKey === partitionKey).sort(compareRowKeys);
    },
    insert: async (partitionKey, rowKey, cells) => {
      checkTableCells(cells);
      const { id, row } = find(partitionKey, rowKey);
      return row === undefined ? save(id, partitionKey, rowKey, cells) : STALE;
    },
    put: async (partitionKey, rowKey, cells) => {
      checkTableCells(cells);
      return save(find(partitionKey, rowKey).id, partitionKey, rowKey, cells);
    },
    replace: async (partitionKey, rowKey, cells, etag) => {
      checkTableCells(cells);
      const { id, row } = find(partitionKey, rowKey);
      return row?.etag === etag ? save(id, partitionKey, rowKey, cells) : STALE;
    },
    remove: async (partitionKey, rowKey, etag) => {
      const { id, row } = find(partitionKey, rowKey);
      if (row !== undefined && etag !== undefined && row.etag !== etag) return STALE;
      rows.delete(id);
      return { kind: 'done', etag: '' };
    },
  };
}
