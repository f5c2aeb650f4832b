import { deviceCells } from './device-cells.ts';
import type { DeviceTables } from './device-tables.ts';
import { expiryRowKey } from './expiry-row-key.ts';
import { EXPIRY_TABLE_PREFIX } from './expiry-table-prefix.ts';
import { handleHashes } from './handle-hashes.ts';
import { releaseHandles } from './release-handles.ts';
import type { StoredDevice } from './stored-device.ts';

/**
 * Removes a device and its claims on handles: first it becomes inactive, then its handles are released, then its row
 * goes, then its place in the expiry index. After a crash in between the row is still there, so that the next removal
 * finishes the work and no user id is left behind in the table `handles`. A place in the index that stays behind does no
 * harm; it goes with its day.
 *
 * @returns `stale` when the row is not the version that was read; nothing has happened then.
 */
export async function retireDevice(tables: DeviceTables, stored: StoredDevice): Promise<'retired' | 'stale'> {
  const { partitionKey: recipientId, rowKey: deviceId, etag, cells } = stored.row;
  const claims = [...stored.claims, ...(stored.device === undefined ? [] : handleHashes(stored.device))];
  // Before the first write: a place that was taken by a later registration has another version, and stays.
  const index = stored.sweepDay && tables.expiries.table(EXPIRY_TABLE_PREFIX + stored.sweepDay);
  const place = index && (await index.get(...expiryRowKey({ recipientId, deviceId })));
  const inactive =
    stored.device === undefined
      ? { ...cells, active: false }
      : deviceCells(stored.device, false, claims, stored.sweepDay);
  const written = await tables.devices.replace(recipientId, deviceId, inactive, etag);
  if (written.kind === 'stale') return 'stale';
  await releaseHandles(tables, { recipientId, deviceId }, written.etag, claims);
  // Stale here means that the device is being registered anew: its row stays.
  const removed = await tables.devices.remove(recipientId, deviceId, written.etag);
  if (removed.kind === 'done' && index && place) {
    await index.remove(place.partitionKey, place.rowKey, place.etag);
  }
  return 'retired';
}
