import type { TableStore, WriteResult } from '../storage/tables.ts';
import { type Device, type DeviceKey, sameDevice } from './device.ts';
import {
  type DeviceTables,
  deviceCells,
  isDead,
  isLive,
  type RegistryContext,
  readStoredDevice,
  repeatWhileStale,
  type StoredDevice,
} from './device-rows.ts';
import { fileExpiry } from './expiry-index.ts';
import {
  claimHandle,
  type HandleOwner,
  handleHashes,
  hashHandle,
  readHandleOwner,
  releaseHandles,
  writeHandleOwner,
} from './handle-rows.ts';
import type { DeviceRegistration } from './registration.ts';
import { dropVoipHandle, retireDevice } from './remove-device.ts';

/** A registration that was stored: a new device, or one that was there. */
export interface Registered {
  readonly kind: 'created' | 'replaced';
  readonly device: Device;
}

/**
 * Registers a device so that no handle is ever active for two devices, whatever crashes and whoever comes in between:
 *
 * 1. reserve: the row of the device is written (a new one inactive, so nobody sees it), its ETag becomes the fence;
 * 2. claim: the row of each handle names this device as owner, and those before as former owners;
 * 3. take: each former owner loses the handle, and its ETag changes even if it does not hold it (yet);
 * 4. activate: the row becomes active with the new handles, only if the fence still stands;
 * 5. tidy: former owners are forgotten, handles the device had before are released, the oldest devices go.
 *
 * Why that is enough: a device becomes active with a handle only by step 4 after its own step 3, and every device that
 * holds the handle, or could still come to hold it, is named in the row of the handle. So a later claim takes it from
 * all of them, and one that was slower finds its fence broken in step 4 and begins again. A crash leaves the handle
 * with the old owner (before 3), with nobody (before 4) or with the new one; the next registration of any of them
 * repairs the rest. A renewal that changes nothing is one write by ETag.
 *
 * Before step 1 a device that has no row yet is filed in the expiry index, once: see `DeviceTables.expiries`.
 */
export async function registerDevice(
  context: RegistryContext,
  key: DeviceKey,
  registration: DeviceRegistration,
): Promise<Registered> {
  const { nowMs: registeredAtMs, deviceTtlMs } = context;
  const device: Device = {
    ...key,
    ...registration,
    registeredAtMs,
    expiresAtMs: registeredAtMs + deviceTtlMs,
  };
  const hashes = handleHashes(device);
  return repeatWhileStale(async () => {
    const [rows, owners] = await Promise.all([
      context.devices.list(key.recipientId),
      Promise.all(hashes.map((hash) => readHandleOwner(context.handles, hash))),
    ]);
    const stored = rows.map(readStoredDevice);
    const own = stored.find((other) => other.row.rowKey === key.deviceId);
    // Before the row is made, so that no crash leaves a device that no sweep ever finds.
    const sweepDay = own?.sweepDay ?? (await fileExpiry(context.expiries, device));
    if (isRenewal(own, hashes, owners)) {
      const written = await renew(context, own, device, sweepDay);
      if (written === 'stale') return 'stale';
    } else if ((await takeOverHandles(context, own, device, owners, sweepDay)) === 'stale') {
      return 'stale';
    }
    await evictDevices(
      context,
      stored.filter((other) => other !== own),
    );
    return { kind: own !== undefined && isLive(own, context.nowMs) ? 'replaced' : 'created', device };
  });
}

/** Whether the device is active with just these handles, and owns them with nobody before it. */
function isRenewal(
  own: StoredDevice | undefined,
  hashes: readonly string[],
  owners: readonly HandleOwner[],
): own is StoredDevice {
  if (own?.device === undefined || !own.active) return false;
  const { recipientId, deviceId } = own.device;
  return (
    handleHashes(own.device).join() === hashes.join() &&
    own.claims.join() === hashes.join() &&
    owners.every(({ owner, former }) => sameDevice(owner, { recipientId, deviceId }) && former.length === 0)
  );
}

async function renew(context: RegistryContext, own: StoredDevice, device: Device, sweepDay: string) {
  const cells = deviceCells(device, true, own.claims, sweepDay);
  const written = await context.devices.replace(device.recipientId, device.deviceId, cells, own.row.etag);
  return written.kind;
}

/**
 * The five steps of `registerDevice` up to the release of old handles.
 *
 * @param own the row of the device as it was read, if it has one.
 * @param owners who owns the handles of `device`, as it was read.
 * @param sweepDay the day of the expiry index under which the device is filed.
 * @returns `stale` when somebody else changed the device or took a handle meanwhile; it is then to be begun again.
 */
async function takeOverHandles(
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

/**
 * Sees to it that a former owner does not hold a handle: its device goes, or only its VoIP handle if that is the one.
 * A row that holds another handle is written as it is: its new ETag stops a registration of the former owner that has
 * claimed the handle earlier and would only now become active with it.
 */
async function takeHandleFrom(tables: DeviceTables, former: DeviceKey, hash: string): Promise<void> {
  await repeatWhileStale(async () => {
    const row = await tables.devices.get(former.recipientId, former.deviceId);
    if (row === undefined) return 'taken';
    const stored = readStoredDevice(row);
    const { device } = stored;
    if (device === undefined || !stored.active || hashHandle(device.handle) === hash) {
      return (await retireDevice(tables, stored)) === 'stale' ? 'stale' : 'taken';
    }
    if (device.voipHandle !== undefined && hashHandle(device.voipHandle) === hash) {
      return (await dropVoipHandle(tables, stored, device)) === 'stale' ? 'stale' : 'taken';
    }
    const written = await tables.devices.replace(former.recipientId, former.deviceId, row.cells, row.etag);
    return written.kind === 'stale' ? 'stale' : 'taken';
  });
}

/**
 * Makes room beside a device that was just registered: expired devices and the remains of crashed registrations go,
 * and then the ones registered longest ago until the user has no more than allowed. A device that was changed meanwhile
 * stays; the next registration looks again.
 */
async function evictDevices(context: RegistryContext, others: readonly StoredDevice[]): Promise<void> {
  const alive = others.filter((other) => isLive(other, context.nowMs));
  const newestFirst = alive.toSorted(
    (left, right) => right.device.registeredAtMs - left.device.registeredAtMs,
  );
  const surplus = newestFirst.slice(Math.max(0, context.devicesPerUser - 1));
  const dead = others.filter((other) => isDead(other, context.nowMs));
  for (const stored of [...dead, ...surplus]) await retireDevice(context, stored);
}
