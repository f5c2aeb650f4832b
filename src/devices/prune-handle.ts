import type { DeviceTables } from './device-tables.ts';
import { dropVoipHandle } from './drop-voip-handle.ts';
import { hashHandle } from './hash-handle.ts';
import { readHandleOwner } from './read-handle-owner.ts';
import { readStoredDevice } from './read-stored-device.ts';
import { releaseHandles } from './release-handles.ts';
import { retireDevice } from './retire-device.ts';

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
 * Compare-and-clear: removes a handle only when the evidence is later than the registration and the row is still the
 * one that was looked at. Whoever registered or renewed meanwhile has a live handle.
 *
 * @param evidenceAtMs - when the push service found the handle dead, epoch milliseconds.
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
