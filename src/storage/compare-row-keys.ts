import type { TableRow } from './table-store.ts';

/** Order of rows in a partition: by the UTF-16 code units of their keys, the same in every implementation. */
export function compareRowKeys(left: TableRow, right: TableRow): number {
  return left.rowKey < right.rowKey ? -1 : 1;
}
