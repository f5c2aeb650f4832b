import type { TableRow } from '../storage/table-store.ts';
import type { Device } from './device.ts';

/** A row of the table `devices`. */
export interface StoredDevice {
  readonly row: TableRow;
  /** Absent when the row cannot be read (somebody changed it by hand). */
  readonly device?: Device;
  /** False while a registration or removal is under way; such a device is never listed. */
  readonly active: boolean;
  /** Hashes of every handle this device may own in the table `handles`; so that they can be found and released. */
  readonly claims: readonly string[];
  /** Day of the expiry index under which the device is filed; absent when it is not. */
  readonly sweepDay?: string;
}
