import type { TableStore } from './table-store.ts';

/** All tables of a storage account, for data that is kept in one table a day. */
export interface TableService {
  /** The table of this name. It need not exist: reading finds nothing, the first write makes it. */
  readonly table: (name: string) => TableStore;
  /** Makes a table, so that its first write need not; does nothing when it is there. */
  readonly makeTable: (name: string) => Promise<void>;
  /** The names of all tables that begin with `prefix`, sorted. */
  readonly listTables: (prefix: string) => Promise<readonly string[]>;
  /** Drops a table with all its rows; does nothing when it is gone already, or on its way out. */
  readonly dropTable: (name: string) => Promise<void>;
}
