import { deviceCells } from './device-cells.ts';
import type { DeviceTables } from './device-tables.ts';
import { handleHashes } from './handle-hashes.ts';
import { releaseHandles } from './release-handles.ts';
import type { StoredDevice } from './stored-device.ts';

/**
 * Removes a device and its claims on handles: first it becomes inactive, then its handles are released, then its row
 * goes. After a crash in between the row is still there, so that the next removal finishes the work and no user id is
 * left behind in the table `handles`.
 *
 * @returns `stale` when the row is not the version that was read; nothing has happened then.
 */
export async function retireDevice(tables: DeviceTables, stored: StoredDevice): Promise<'retired' | 'stale'> {
  const { partitionKey: recipientId, rowKey: deviceId, etag, cells } = stored.row;
  const claims = [...stored.claims, ...(stored.device === undefined ? [] : handleHashes(stored.device))];
  const inactive =
    stored.device === undefined ? { ...cells, active: false } : deviceCells(stored.device, false, claims);
  const written = await tables.devices.replace(recipientId, deviceId, inactive, etag);
  if (written.kind === 'stale') return 'stale';
  await releaseHandles(tables, { recipientId, deviceId }, written.etag, claims);
  // Stale here means that the device is being registered anew: its row stays.
  await tables.devices.remove(recipientId, deviceId, written.etag);
  return 'retired';
}
