import type { TableService } from '../storage/table-service.ts';
import type { TableStore } from '../storage/table-store.ts';

/** The tables of the registry. */
export interface DeviceTables {
  /** Partition = recipient, row = deviceId. */
  readonly devices: TableStore;
  /** Partition = hash of a handle, one row: which device owns it. */
  readonly handles: TableStore;
  /**
   * The expiry index: a table for each day, `expiries20270521`, with a row for each device that is to be looked at when
   * the day is over. A device has a row on the day its row in `devices` names (`sweepDay`), from before it is stored
   * until after it has gone. A renewal leaves it there: the sweep files the device anew when it finds it alive.
   */
  readonly expiries: TableService;
}
