import type { TableRow, TableValue } from './table-store.ts';
import { unescapeTableKey } from './unescape-table-key.ts';

/** The row in an entity as the Tables SDK gives it. Cells of types the relay never writes are left out. */
export function readTableRow(entity: Readonly<Record<string, unknown>>): TableRow {
  const { partitionKey, rowKey, etag, timestamp: _timestamp, ...rest } = entity;
  const cells: Record<string, TableValue> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith('odata.')) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      cells[name] = value;
  }
  return {
    partitionKey: unescapeTableKey(String(partitionKey)),
    rowKey: unescapeTableKey(String(rowKey)),
    etag: String(etag),
    cells,
  };
}
