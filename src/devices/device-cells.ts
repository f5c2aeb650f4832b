import type { TableCells } from '../storage/table-store.ts';
import type { Device } from './device.ts';

/**
 * The cells of a device in the table `devices`.
 *
 * @param sweepDay - the day of the expiry index under which it is filed, if it is.
 */
export function deviceCells(
  device: Device,
  active: boolean,
  claims: readonly string[],
  sweepDay: string | undefined,
): TableCells {
  const { recipientId: _partition, deviceId: _row, ...cells } = device;
  return { ...cells, active, claims: claims.join(' '), ...(sweepDay === undefined ? {} : { sweepDay }) };
}
