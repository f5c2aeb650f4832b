import type { Device, DeviceKey } from './device.ts';
import {
  type DeviceTables,
  deviceCells,
  readStoredDevice,
  repeatWhileStale,
  type StoredDevice,
} from './device-rows.ts';
import { expiryRowKey, expiryTablePrefix } from './expiry-index.ts';
import { handleHashes, hashHandle, readHandleOwner, releaseHandles } from './handle-rows.ts';

/**
 * What became of a handle that a push service calls dead: its device was removed, only its VoIP handle was, it was kept
 * because it was registered after the evidence (or changed just now), or nobody has it.
 */
export type Pruned =
  | { readonly kind: 'device-removed' }
  | { readonly kind: 'voip-handle-removed' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'unknown' };

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
  const index = stored.sweepDay && tables.expiries.table(expiryTablePrefix + stored.sweepDay);
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

/** Removes a device, also one whose removal was begun and not finished. */
export async function removeDevice(tables: DeviceTables, key: DeviceKey): Promise<'removed' | 'not-found'> {
  return repeatWhileStale(async () => {
    const row = await tables.devices.get(key.recipientId, key.deviceId);
    if (row === undefined) return 'not-found';
    const retired = await retireDevice(tables, readStoredDevice(row));
    return retired === 'stale' ? 'stale' : 'removed';
  });
}

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

/**
 * Compare-and-clear: removes a handle only when the evidence is later than the registration and the row is still the
 * one that was looked at. Whoever registered or renewed meanwhile has a live handle.
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
  if (stored?.device === undefined || !stored.active) return { kind: 'unknown' };
  const { device } = stored;
  const isAlert = hashHandle(device.handle) === hash;
  const isVoip = device.voipHandle !== undefined && hashHandle(device.voipHandle) === hash;
  if (!isAlert && !isVoip) return { kind: 'unknown' };
  if (evidenceAtMs <= device.registeredAtMs) return { kind: 'kept' };
  if (isAlert) {
    const retired = await retireDevice(tables, stored);
    return { kind: retired === 'stale' ? 'kept' : 'device-removed' };
  }
  const dropped = await dropVoipHandle(tables, stored, device);
  if (dropped === 'stale') return { kind: 'kept' };
  await releaseHandles(tables, owner, dropped.etag, [hash]);
  return { kind: 'voip-handle-removed' };
}
