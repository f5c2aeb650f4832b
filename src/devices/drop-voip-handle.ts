import type { Device } from './device.ts';
import { deviceCells } from './device-cells.ts';
import type { DeviceTables } from './device-tables.ts';
import type { StoredDevice } from './stored-device.ts';

/** Takes the VoIP handle from a device and leaves the rest of it; `stale` when the row changed meanwhile. */
export async function dropVoipHandle(
  tables: DeviceTables,
  stored: StoredDevice,
  device: Device,
): Promise<{ readonly etag: string } | 'stale'> {
  const { voipHandle: _voipHandle, ...rest } = device;
  const cells = deviceCells(rest, stored.active, stored.claims, stored.sweepDay);
  const written = await tables.devices.replace(device.recipientId, device.deviceId, cells, stored.row.etag);
  return written.kind === 'stale' ? 'stale' : { etag: written.etag };
}
