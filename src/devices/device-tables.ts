import type { TableStore } from '../storage/table-store.ts';

/** The two tables of the registry. */
export interface DeviceTables {
  /** Partition = recipient, row = deviceId. */
  readonly devices: TableStore;
  /** Partition = hash of a handle, one row: which device owns it. */
  readonly handles: TableStore;
}
