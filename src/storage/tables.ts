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

/** A write that needs a version of the row: done, or somebody else changed it meanwhile, or it is gone. */
export type WriteResult = { readonly kind: 'done'; readonly etag: string } | { readonly kind: 'stale' };

/**
 * One table, as little of it as the relay needs. Any text may be a key: implementations escape what Azure forbids.
 * Conflicts are results; everything else that goes wrong (network, 5xx, sign-in) throws a `RelayError` with the code
 * `STORAGE_UNAVAILABLE`.
 */
export interface TableStore {
  /** The row, or undefined. */
  readonly get: (partitionKey: string, rowKey: string) => Promise<TableRow | undefined>;
  /** All rows of a partition, in order of their row keys. */
  readonly list: (partitionKey: string) => Promise<readonly TableRow[]>;
  /** Writes a row that must not exist yet; `stale` when it does. */
  readonly insert: (partitionKey: string, rowKey: string, cells: TableCells) => Promise<WriteResult>;
  /** Writes a row whatever stands there. */
  readonly put: (partitionKey: string, rowKey: string, cells: TableCells) => Promise<WriteResult>;
  /** Replaces exactly the version `etag`; `stale` when it changed or is gone. */
  readonly replace: (
    partitionKey: string,
    rowKey: string,
    cells: TableCells,
    etag: string,
  ) => Promise<WriteResult>;
  /** Removes exactly the version `etag` (any version without it); `stale` when it changed, `done` when it is gone. */
  readonly remove: (partitionKey: string, rowKey: string, etag?: string) => Promise<WriteResult>;
}

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
