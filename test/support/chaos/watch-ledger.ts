import type { TableCells, TableService, WriteResult } from '../../../src/storage/tables.ts';

/** Tables that also keep the last state of every ledger row, as anybody could read it. */
export function watchLedger(tables: TableService): {
  readonly tables: TableService;
  /** `leased`, `released` or `settled`, by row. */
  readonly states: ReadonlyMap<string, string>;
} {
  const states = new Map<string, string>();
  const observed: TableService = {
    ...tables,
    table: (name) => {
      const table = tables.table(name);
      if (!name.startsWith('deliveries')) return table;
      const note = async (writing: Promise<WriteResult>, key: string, cells: TableCells) => {
        const written = await writing;
        if (written.kind === 'done') states.set(key, String(cells['state']));
        return written;
      };
      return {
        ...table,
        insert: (partition, row, cells) => note(table.insert(partition, row, cells), partition + row, cells),
        put: (partition, row, cells) => note(table.put(partition, row, cells), partition + row, cells),
        replace: (partition, row, cells, etag) =>
          note(table.replace(partition, row, cells, etag), partition + row, cells),
      };
    },
  };
  return { tables: observed, states };
}
