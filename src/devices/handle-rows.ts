import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { TableStore, WriteResult } from '../storage/tables.ts';
import { type DeviceKey, sameDevice } from './device.ts';
import { type DeviceTables, repeatWhileStale } from './device-rows.ts';

/** A row of the table `handles`: who owns a handle, and who may still hold it from before. */
export interface HandleOwner {
  readonly hash: string;
  readonly owner?: DeviceKey;
  /** Devices that owned the handle before and have not been seen to give it up. */
  readonly former: readonly DeviceKey[];
  /** Version of the row; absent when there is none. */
  readonly etag?: string;
}

/** The only row key in the table `handles`: every handle has a partition of its own. */
const handleRowKey = 'owner';

const keySchema = z.pipe(
  z.tuple([z.string(), z.string()]),
  z.transform(([recipientId, deviceId]): DeviceKey => ({ recipientId, deviceId })),
);

const ownersSchema = z.object({ owner: z.optional(keySchema), former: z.array(keySchema) });

/**
 * The SHA-256 of a device handle in hex, under which its owner is found. Hex handles (APNs) count as equal in any
 * case, as push services and their feedback spell them differently.
 */
export function hashHandle(handle: string): string {
  const spelling = /^[0-9a-f]+$/i.test(handle) ? handle.toLowerCase() : handle;
  return createHash('sha256').update(spelling).digest('hex');
}

/** Hashes of all handles of a device: the VoIP handle counts like the other one. */
export function handleHashes(device: {
  readonly handle: string;
  readonly voipHandle?: string;
}): readonly string[] {
  const handles = device.voipHandle === undefined ? [device.handle] : [device.handle, device.voipHandle];
  return handles.map(hashHandle);
}

/** Who owns a handle. A row that cannot be read (somebody changed it by hand) counts as one that names nobody. */
export async function readHandleOwner(handles: TableStore, hash: string): Promise<HandleOwner> {
  const row = await handles.get(hash, handleRowKey);
  if (row === undefined) return { hash, former: [] };
  const { owner, former } = parseOwners(row.cells['owners']);
  return { hash, ...(owner === undefined ? {} : { owner }), former, etag: row.etag };
}

/**
 * Writes who owns a handle over the very version that was read (`etag`; without it there must be no row). A row that
 * names nobody is removed.
 */
export async function writeHandleOwner(handles: TableStore, next: HandleOwner): Promise<WriteResult> {
  const { hash, owner, former, etag } = next;
  const owners = JSON.stringify({
    ...(owner === undefined ? {} : { owner: toTuple(owner) }),
    former: former.map(toTuple),
  });
  if (etag === undefined) return handles.insert(hash, handleRowKey, { owners });
  if (owner === undefined && former.length === 0) return handles.remove(hash, handleRowKey, etag);
  return handles.replace(hash, handleRowKey, { owners }, etag);
}

/**
 * Makes a device the owner of a handle. Everybody who was named before goes on the list of former owners, so that the
 * next one knows whom to look after even if this one never gets to it. The row is written even when the device is the
 * owner already: the new ETag stops a removal of the same device that is under way.
 */
export async function claimHandle(
  handles: TableStore,
  seen: HandleOwner,
  key: DeviceKey,
): Promise<HandleOwner> {
  let current: HandleOwner | undefined = seen;
  return repeatWhileStale(async () => {
    const { hash, owner, former, etag } = current ?? (await readHandleOwner(handles, seen.hash));
    current = undefined;
    const before =
      owner === undefined ? former : [...former.filter((other) => !sameDevice(other, owner)), owner];
    const next = { hash, owner: key, former: before.filter((other) => !sameDevice(other, key)) };
    const written = await writeHandleOwner(handles, { ...next, ...(etag === undefined ? {} : { etag }) });
    return written.kind === 'stale' ? 'stale' : { ...next, etag: written.etag };
  });
}

/**
 * Takes a device out of the rows of handles it does not hold any more, as owner and as former owner. Stops for a
 * handle as soon as the row of the device is not the version `deviceEtag`: the device is then being registered anew,
 * and that registration looks after its handles.
 */
export async function releaseHandles(
  tables: DeviceTables,
  key: DeviceKey,
  deviceEtag: string,
  hashes: readonly string[],
): Promise<void> {
  for (const hash of new Set(hashes)) {
    await repeatWhileStale(async () => {
      // In this order: a claim that comes after the second read changes the version that the write names.
      const { owner, former, etag } = await readHandleOwner(tables.handles, hash);
      const row = await tables.devices.get(key.recipientId, key.deviceId);
      if (etag === undefined || row?.etag !== deviceEtag) return 'released';
      const others = former.filter((other) => !sameDevice(other, key));
      if (!sameDevice(owner, key) && others.length === former.length) return 'released';
      const stays = owner === undefined || sameDevice(owner, key) ? {} : { owner };
      const written = await writeHandleOwner(tables.handles, { hash, ...stays, former: others, etag });
      return written.kind === 'stale' ? 'stale' : 'released';
    });
  }
}

function parseOwners(cell: unknown): z.infer<typeof ownersSchema> {
  try {
    return ownersSchema.parse(JSON.parse(String(cell)));
  } catch {
    return { former: [] };
  }
}

function toTuple(key: DeviceKey): readonly [string, string] {
  return [key.recipientId, key.deviceId];
}
