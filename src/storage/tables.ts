/** Values a table cell may hold. */
export type TableValue = string | number | boolean;

/** The cells of one row, without its keys. */
export type TableCells = Readonly<Record<string, TableValue>>;

/** A stored row with its keys and the ETag of this version of it. */
export interface TableRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly cells: TableCells;
}

/** The result of a write. `stale`: another write came first, or the row is gone. */
export type WriteResult = { readonly kind: 'done'; readonly etag: string } | { readonly kind: 'stale' };

/**
 * The operations on one table that the relay needs. Any text may be a key: implementations escape what Azure forbids.
 * A conflict is a result; every other failure (network, 5xx, sign-in) throws RelayError `STORAGE_UNAVAILABLE`.
 */
export interface TableStore {
  /** The row, or undefined. */
  readonly get: (partitionKey: string, rowKey: string) => Promise<TableRow | undefined>;
  /** All rows of a partition, in order of their row keys. */
  readonly list: (partitionKey: string) => Promise<readonly TableRow[]>;
  /** Writes a new row; `stale` when it exists. */
  readonly insert: (partitionKey: string, rowKey: string, cells: TableCells) => Promise<WriteResult>;
  /** Writes a row, and overwrites an existing one. */
  readonly put: (partitionKey: string, rowKey: string, cells: TableCells) => Promise<WriteResult>;
  /** Replaces the version `etag` only; `stale` when the row changed or is gone. */
  readonly replace: (
    partitionKey: string,
    rowKey: string,
    cells: TableCells,
    etag: string,
  ) => Promise<WriteResult>;
  /** Removes the version `etag` only, or any version without it; `stale` when the row changed, `done` when it is gone. */
  readonly remove: (partitionKey: string, rowKey: string, etag?: string) => Promise<WriteResult>;
}

/** All tables of a storage account, for data that has one table a day. */
export interface TableService {
  /** The table of this name. It need not exist: a read finds nothing, the first write creates it. */
  readonly table: (name: string) => TableStore;
  /** Creates a table, so that its first write need not; does nothing when it exists. */
  readonly makeTable: (name: string) => Promise<void>;
  /** The names of all tables that begin with `prefix`, sorted. */
  readonly listTables: (prefix: string) => Promise<readonly string[]>;
  /** Deletes a table with all its rows; does nothing when it is gone or being deleted. */
  readonly dropTable: (name: string) => Promise<void>;
}
