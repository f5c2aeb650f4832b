import type { TableStore, WriteResult } from '../storage/table-store.ts';
import { claimHandle } from './claim-handle.ts';
import type { Device } from './device.ts';
import { deviceCells } from './device-cells.ts';
import type { DeviceTables } from './device-tables.ts';
import { handleHashes } from './handle-hashes.ts';
import type { HandleOwner } from './handle-owner.ts';
import { releaseHandles } from './release-handles.ts';
import type { StoredDevice } from './stored-device.ts';
import { takeHandleFrom } from './take-handle-from.ts';
import { writeHandleOwner } from './write-handle-owner.ts';

/**
 * The five steps of `registerDevice` up to the release of old handles.
 *
 * @param own - the row of the device as it was read, if it has one.
 * @param owners - who owns the handles of `device`, as it was read.
 * @param sweepDay - the day of the expiry index under which the device is filed.
 * @returns `stale` when somebody else changed the device or took a handle meanwhile; it is then to be begun again.
 */
export async function takeOverHandles(
  tables: DeviceTables,
  own: StoredDevice | undefined,
  device: Device,
  owners: readonly HandleOwner[],
  sweepDay: string,
): Promise<'done' | 'stale'> {
  const { devices, handles } = tables;
  const hashes = owners.map((owner) => owner.hash);
  const held = own?.device === undefined ? [] : handleHashes(own.device);
  const claims = [...new Set([...held, ...hashes])];
  // Claims left by a registration that did not get to its end: the device does not hold these handles.
  const orphans = own === undefined ? [] : own.claims.filter((hash) => !claims.includes(hash));

  const reserved = await reserve(devices, own, device, [...claims, ...orphans], sweepDay);
  if (reserved.kind === 'stale') return 'stale';
  // Only behind the fence: that registration may be slow instead of dead.
  await releaseHandles(tables, device, reserved.etag, orphans);

  const claimed: HandleOwner[] = [];
  for (const seen of owners) claimed.push(await claimHandle(handles, seen, device));
  for (const { hash, former } of claimed) {
    for (const other of former) await takeHandleFrom(tables, other, hash);
  }

  const cells = deviceCells(device, true, claims, sweepDay);
  const activated = await devices.replace(device.recipientId, device.deviceId, cells, reserved.etag);
  if (activated.kind === 'stale') return 'stale';

  for (const owner of claimed) {
    // Stale: another claim inherited the list, or the former owner struck itself off. Both are well.
    if (owner.former.length > 0) await writeHandleOwner(handles, { ...owner, former: [] });
  }
  await releaseHandles(
    tables,
    device,
    activated.etag,
    claims.filter((hash) => !hashes.includes(hash)),
  );
  return 'done';
}

/** Writes the row that stands while handles are claimed: an active device keeps its handles and stays reachable. */
function reserve(
  devices: TableStore,
  own: StoredDevice | undefined,
  device: Device,
  claims: readonly string[],
  sweepDay: string,
): Promise<WriteResult> {
  const { recipientId, deviceId } = device;
  const fresh = deviceCells(device, false, claims, sweepDay);
  if (own === undefined) return devices.insert(recipientId, deviceId, fresh);
  const cells =
    own.device !== undefined && own.active ? deviceCells(own.device, true, claims, sweepDay) : fresh;
  return devices.replace(recipientId, deviceId, cells, own.row.etag);
}
