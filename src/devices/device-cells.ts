import type { TableCells } from '../storage/table-store.ts';
import type { Device } from './device.ts';

/** The cells of a device in the table `devices`. */
export function deviceCells(device: Device, active: boolean, claims: readonly string[]): TableCells {
  const { recipientId: _partition, deviceId: _row, ...cells } = device;
  return { ...cells, active, claims: claims.join(' ') };
}
