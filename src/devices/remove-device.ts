import type { WriteResult } from '../storage/tables.ts';
import type { DeviceKey } from './device.ts';
import {
  type ActiveDevice,
  type DeviceTables,
  deviceCells,
  readExpiry,
  readStoredDevice,
  removeExpiry,
  repeatWhileStale,
  type StoredDevice,
} from './device-tables.ts';
import { handleHashes, hashHandle, readHandleOwner, releaseHandles } from './handle-rows.ts';

/** Removes a device; also finishes a removal that crashed. */
export async function removeDevice(tables: DeviceTables, key: DeviceKey): Promise<'removed' | 'not-found'> {
  return repeatWhileStale(async () => {
    const row = await tables.devices.get(key.recipientId, key.deviceId);
    if (row === undefined) return 'not-found';
    const retired = await retireDevice(tables, readStoredDevice(row));
    return retired === 'stale' ? 'stale' : 'removed';
  });
}

/**
 * What happened to a handle that the push service reported dead:
 *
 * - `device-removed`, or `voip-handle-removed` when only the VoIP handle was dead;
 * - `kept`: it was registered after the evidence, or its device changed just now;
 * - `unknown`: no active device holds it.
 */
export interface Pruned {
  readonly kind: 'device-removed' | 'voip-handle-removed' | 'kept' | 'unknown';
}

/**
 * Compare-and-clear: removes a handle only if the evidence is later than the registration and the row has not changed
 * since it was read. A device that was registered or renewed in the meantime has a live handle.
 *
 * @param evidenceAtMs when the push service found the handle dead, epoch milliseconds.
 */
export async function pruneHandle(
  tables: DeviceTables,
  handle: string,
  evidenceAtMs: number,
): Promise<Pruned> {
  const hash = hashHandle(handle);
  const { owner } = await readHandleOwner(tables.handles, hash);
  if (owner === undefined) return { kind: 'unknown' };
  const row = await tables.devices.get(owner.recipientId, owner.deviceId);
  const stored = row && readStoredDevice(row);
  if (stored?.kind !== 'active') return { kind: 'unknown' };
  const { device } = stored;
  const isAlert = hashHandle(device.handle) === hash;
  const isVoip = device.voipHandle !== undefined && hashHandle(device.voipHandle) === hash;
  if (!isAlert && !isVoip) return { kind: 'unknown' };
  if (evidenceAtMs <= device.registeredAtMs) return { kind: 'kept' };
  if (isAlert) {
    const retired = await retireDevice(tables, stored);
    return { kind: retired === 'stale' ? 'kept' : 'device-removed' };
  }
  const dropped = await dropVoipHandle(tables, stored);
  if (dropped.kind === 'stale') return { kind: 'kept' };
  await releaseHandles(tables, owner, dropped.etag, [hash]);
  return { kind: 'voip-handle-removed' };
}

/**
 * Removes a device and its claims on handles, in this order: it becomes inactive, its handles are released, its row is
 * deleted, its entry in the expiry index is deleted. After a crash in between the row is still there, so the next
 * removal finishes the work and no user id is left behind in the table `handles`. A leftover entry in the index does no
 * harm: it is deleted with its day.
 *
 * @returns `stale` when the row is not the version that was read; nothing has been written then.
 */
export async function retireDevice(tables: DeviceTables, stored: StoredDevice): Promise<'retired' | 'stale'> {
  const { row, sweepDay } = stored;
  const key = { recipientId: row.partitionKey, deviceId: row.rowKey };
  // Read before the first write: an entry that a later registration writes again has another version, and stays.
  const entry = sweepDay === undefined ? undefined : await readExpiry(tables.expiries, key, sweepDay);
  const held = stored.kind === 'unreadable' ? [] : handleHashes(stored.device);
  const claims = [...stored.claims, ...held];
  const cells =
    stored.kind === 'unreadable'
      ? { ...row.cells, active: false }
      : deviceCells(stored.device, { ...stored, claims, active: false });
  const written = await tables.devices.replace(key.recipientId, key.deviceId, cells, row.etag);
  if (written.kind === 'stale') return 'stale';
  await releaseHandles(tables, key, written.etag, claims);
  // Stale here means that the device is being registered again: its row stays.
  const removed = await tables.devices.remove(key.recipientId, key.deviceId, written.etag);
  if (removed.kind === 'done' && entry !== undefined) await removeExpiry(tables.expiries, entry);
  return 'retired';
}

/** Removes the VoIP handle from a device and keeps the rest; `stale` when the row has changed since it was read. */
export async function dropVoipHandle(tables: DeviceTables, stored: ActiveDevice): Promise<WriteResult> {
  const { voipHandle: _voipHandle, ...device } = stored.device;
  const cells = deviceCells(device, { ...stored, active: true });
  return tables.devices.replace(device.recipientId, device.deviceId, cells, stored.row.etag);
}
