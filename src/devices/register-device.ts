import type { WriteResult } from '../storage/tables.ts';
import { type Device, type DeviceKey, sameDevice } from './device.ts';
import {
  type DeviceTables,
  deviceCells,
  fileExpiry,
  isDead,
  isDeviceRow,
  liveDevice,
  readStoredDevice,
  repeatWhileStale,
  type StoredDevice,
} from './device-tables.ts';
import {
  type HandleOwner,
  handleHashes,
  hashHandle,
  readHandleOwner,
  releaseHandles,
  writeHandleOwner,
} from './handle-rows.ts';
import type { DeviceRegistration } from './registration.ts';
import { dropVoipHandle, retireDevice } from './remove-device.ts';

/** The tables, limits and time of one operation of the registry. */
export interface RegistryContext extends DeviceTables {
  /** Read once per operation, epoch milliseconds. */
  readonly nowMs: number;
  /** How long a registration lives without renewal, in milliseconds. */
  readonly deviceTtlMs: number;
  /** How many devices a user may have. */
  readonly devicesPerUser: number;
}

/** A stored registration: of a new device, or of one that was already registered. */
export interface Registered {
  readonly kind: 'created' | 'replaced';
  readonly device: Device;
}

/**
 * Registers a device such that no handle is ever active on two devices, despite crashes and concurrent requests:
 *
 * 1. Reserve: write the row of the device (a new one inactive, hence not listed). Its new ETag is the fence.
 * 2. Claim: write this device as owner into the row of each handle, and the owners before it as former owners.
 * 3. Take: remove the handle from each former owner, and change its ETag even if it does not hold the handle (yet).
 * 4. Activate: make the row active with the new handles, only if the fence still stands.
 * 5. Tidy: forget the former owners, release the handles that the device held before, evict the oldest devices.
 *
 * Proof. A device becomes active with a handle only in step 4, after its own step 3. Every device that holds the handle,
 * or may still come to hold it, is named in the row of the handle. So a later claim takes the handle from all of them,
 * and a slower registration finds its fence broken in step 4 and starts over. A crash leaves the handle with the old
 * owner (before step 3), with no device (before step 4) or with the new owner; the next registration of any of them
 * repairs the rest.
 *
 * A renewal that changes no handle is step 4 alone, with the ETag that was read as the fence. A device that has no row
 * yet is filed in the expiry index once, before step 1: see `DeviceTables.expiries`.
 */
export async function registerDevice(
  context: RegistryContext,
  key: DeviceKey,
  registration: DeviceRegistration,
): Promise<Registered> {
  const { nowMs, deviceTtlMs } = context;
  const device = { ...key, ...registration, registeredAtMs: nowMs, expiresAtMs: nowMs + deviceTtlMs };
  return repeatWhileStale(async () => {
    const round = await startRound(context, device);
    const { own, others } = round;
    const unchanged = etagIfUnchanged(round);
    const activated =
      unchanged === undefined ? await moveHandles(context, round) : await activate(context, round, unchanged);
    if (activated.kind === 'stale') return 'stale';
    await evictDevices(context, others);
    const isKnown = own !== undefined && liveDevice(own, nowMs) !== undefined;
    return { kind: isKnown ? 'replaced' : 'created', device };
  });
}

/** One attempt to register a device: the device as it is to be stored, and the rows as they were read. */
interface Round {
  readonly device: Device;
  /** The row that the device has so far. */
  readonly own: StoredDevice | undefined;
  /** The other devices of the same user. */
  readonly others: readonly StoredDevice[];
  /** The rows of the handles that the device is to hold. */
  readonly owners: readonly HandleOwner[];
  /** Hashes of the handles that the device holds so far or is to hold. */
  readonly claims: readonly string[];
  /** Hashes claimed by a registration of this device that did not finish: the device does not hold these handles. */
  readonly orphans: readonly string[];
  /** Day of the expiry index under which the device is filed. */
  readonly sweepDay: string;
}

async function startRound(context: RegistryContext, device: Device): Promise<Round> {
  const hashes = handleHashes(device);
  const [rows, owners] = await Promise.all([
    context.devices.list(device.recipientId),
    Promise.all(hashes.map((hash) => readHandleOwner(context.handles, hash))),
  ]);
  const stored = rows.filter(isDeviceRow).map(readStoredDevice);
  const own = stored.find(({ row }) => row.rowKey === device.deviceId);
  const held = own === undefined || own.kind === 'unreadable' ? [] : handleHashes(own.device);
  const claims = [...new Set([...held, ...hashes])];
  return {
    device,
    own,
    others: stored.filter((other) => other !== own),
    owners,
    claims,
    orphans: own === undefined ? [] : own.claims.filter((hash) => !claims.includes(hash)),
    // Filed before the row is written, so that no crash leaves a device that no sweep ever finds.
    sweepDay: own?.sweepDay ?? (await fileExpiry(context.expiries, device)),
  };
}

/** The ETag of a device that is active with just these handles and owns them without former owners. */
function etagIfUnchanged({ device, own, owners }: Round): string | undefined {
  if (own?.kind !== 'active') return undefined;
  const hashes = owners.map(({ hash }) => hash).join();
  const isUnchanged =
    handleHashes(own.device).join() === hashes &&
    own.claims.join() === hashes &&
    owners.every(({ owner, former }) => sameDevice(owner, device) && former.length === 0);
  return isUnchanged ? own.row.etag : undefined;
}

/** Steps 1 to 5, except for evicting. `stale` when another writer broke the fence: the round must be repeated. */
async function moveHandles(context: RegistryContext, round: Round): Promise<WriteResult> {
  const reserved = await reserve(context, round);
  if (reserved.kind === 'stale') return reserved;
  // Only behind the fence: the registration that left them may be slow rather than dead.
  await releaseHandles(context, round.device, reserved.etag, round.orphans);

  const claimed: HandleOwner[] = [];
  for (const seen of round.owners) claimed.push(await claimHandle(context, round.device, seen));

  for (const { hash, former } of claimed) {
    for (const other of former) await takeHandleFrom(context, other, hash);
  }

  const activated = await activate(context, round, reserved.etag);
  if (activated.kind === 'stale') return activated;

  await tidy(context, round, claimed, activated.etag);
  return activated;
}

/** Step 1. A device that is active so far keeps its handles and stays reachable while the new ones are claimed. */
function reserve({ devices }: DeviceTables, round: Round): Promise<WriteResult> {
  const { device, own, sweepDay } = round;
  const { recipientId, deviceId } = device;
  const claims = [...round.claims, ...round.orphans];
  const bookkeeping = { claims, sweepDay, foreignCells: own?.foreignCells ?? {} };
  const inactive = deviceCells(device, { ...bookkeeping, active: false });
  if (own === undefined) return devices.insert(recipientId, deviceId, inactive);
  const cells = own.kind === 'active' ? deviceCells(own.device, { ...bookkeeping, active: true }) : inactive;
  return devices.replace(recipientId, deviceId, cells, own.row.etag);
}

/**
 * Step 2 for one handle. All devices named before become former owners, so that the next claim knows where to take the
 * handle from even if this registration never gets that far. The row is written even if the device owns the handle
 * already: the new ETag stops a concurrent removal of the same device.
 */
async function claimHandle(
  { handles }: DeviceTables,
  device: DeviceKey,
  seen: HandleOwner,
): Promise<HandleOwner> {
  let current: HandleOwner | undefined = seen;
  return repeatWhileStale(async () => {
    const { hash, owner, former, etag } = current ?? (await readHandleOwner(handles, seen.hash));
    current = undefined;
    const before =
      owner === undefined ? former : [...former.filter((other) => !sameDevice(other, owner)), owner];
    const next = { hash, owner: device, former: before.filter((other) => !sameDevice(other, device)) };
    const written = await writeHandleOwner(handles, { ...next, ...(etag === undefined ? {} : { etag }) });
    return written.kind === 'stale' ? 'stale' : { ...next, etag: written.etag };
  });
}

/**
 * Step 3 for one former owner: its device is removed, or only its VoIP handle if that is the one. A row that does not
 * hold the handle is written unchanged: its new ETag stops a registration that claimed the handle earlier and has yet to
 * become active with it.
 */
async function takeHandleFrom(tables: DeviceTables, former: DeviceKey, hash: string): Promise<void> {
  await repeatWhileStale(async () => {
    const row = await tables.devices.get(former.recipientId, former.deviceId);
    if (row === undefined) return 'taken';
    const stored = readStoredDevice(row);
    const isVoip = isVoipHandle(stored, hash);
    if (mustGo(stored, hash) || (isVoip && stored.kind !== 'active')) {
      return (await retireDevice(tables, stored)) === 'stale' ? 'stale' : 'taken';
    }
    const written =
      isVoip && stored.kind === 'active'
        ? await dropVoipHandle(tables, stored)
        : await tables.devices.replace(former.recipientId, former.deviceId, row.cells, row.etag);
    return written.kind === 'stale' ? 'stale' : 'taken';
  });
}

// What an unreadable row holds cannot be told, and an inactive one is not pushed to.
function mustGo(stored: StoredDevice, hash: string): boolean {
  if (stored.kind === 'unreadable' || stored.kind === 'inactive') return true;
  return hashHandle(stored.device.handle) === hash;
}

function isVoipHandle(stored: StoredDevice, hash: string): boolean {
  if (stored.kind === 'unreadable') return false;
  const { voipHandle } = stored.device;
  return voipHandle !== undefined && hashHandle(voipHandle) === hash;
}

/** Step 4. */
function activate({ devices }: DeviceTables, round: Round, fence: string): Promise<WriteResult> {
  const { device, own, claims, sweepDay } = round;
  const foreignCells = own?.foreignCells ?? {};
  const cells = deviceCells(device, { active: true, claims, sweepDay, foreignCells });
  return devices.replace(device.recipientId, device.deviceId, cells, fence);
}

/** Step 5, except for evicting. */
async function tidy(
  tables: DeviceTables,
  { device, owners, claims }: Round,
  claimed: readonly HandleOwner[],
  deviceEtag: string,
): Promise<void> {
  for (const owner of claimed) {
    // Stale is fine: another claim inherited the list, or the former owner removed itself from it.
    if (owner.former.length > 0) await writeHandleOwner(tables.handles, { ...owner, former: [] });
  }
  const unused = claims.filter((claim) => !owners.some(({ hash }) => hash === claim));
  await releaseHandles(tables, device, deviceEtag, unused);
}

/**
 * The end of step 5, also after a renewal: removes the expired devices of the user and what crashed registrations left,
 * then the devices registered longest ago until the user has no more than allowed. A device that changed since it was
 * read stays; the next registration checks again.
 */
async function evictDevices(context: RegistryContext, others: readonly StoredDevice[]): Promise<void> {
  const { nowMs, devicesPerUser } = context;
  const dead = others.filter((other) => isDead(other, nowMs));
  const live = others.flatMap((stored) => {
    const device = liveDevice(stored, nowMs);
    return device === undefined ? [] : [{ stored, registeredAtMs: device.registeredAtMs }];
  });
  const newestFirst = live.toSorted((left, right) => right.registeredAtMs - left.registeredAtMs);
  const surplus = newestFirst.slice(Math.max(0, devicesPerUser - 1)).map(({ stored }) => stored);
  for (const stored of [...dead, ...surplus]) await retireDevice(context, stored);
}
