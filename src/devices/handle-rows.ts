import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../shared/json.ts';
import type { TableStore, WriteResult } from '../storage/tables.ts';
import { type Device, type DeviceKey, sameDevice } from './device.ts';
import { type DeviceTables, repeatWhileStale } from './device-tables.ts';

/**
 * The SHA-256 of a device handle in hex, the key of its row in the table `handles`. The case of a hex handle (APNs) does
 * not matter, since push services and their feedback spell it differently.
 */
export function hashHandle(handle: string): string {
  const spelling = /^[0-9a-f]+$/i.test(handle) ? handle.toLowerCase() : handle;
  return hash('sha256', spelling, 'hex');
}

/** The hashes of all handles of a device, the VoIP handle included. */
export function handleHashes(device: Pick<Device, 'handle' | 'voipHandle'>): readonly string[] {
  const handles = device.voipHandle === undefined ? [device.handle] : [device.handle, device.voipHandle];
  return handles.map(hashHandle);
}

/** A row of the table `handles`: which device owns a handle, and which ones may still hold it from before. */
export interface HandleOwner {
  readonly hash: string;
  readonly owner?: DeviceKey;
  /** Devices that owned the handle before and have not been seen to give it up. */
  readonly former: readonly DeviceKey[];
  /** Version of the row; absent when the row does not exist. */
  readonly etag?: string;
}

/** The only row key in the table `handles`: every handle has a partition of its own. */
const handleRowKey = 'owner';

/** Reads which device owns a handle. A row that cannot be parsed (edited by hand) counts as one without any device. */
export async function readHandleOwner(handles: TableStore, hash: string): Promise<HandleOwner> {
  const row = await handles.get(hash, handleRowKey);
  if (row === undefined) return { hash, former: [] };
  const { owner, former } = parseOwners(row.cells['owners']);
  return { hash, ...(owner === undefined ? {} : { owner }), former, etag: row.etag };
}

/**
 * Writes which device owns a handle, but only over the version that was read (`etag`; without it the row must not
 * exist). A row without any device is removed.
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
 * Removes a device from the rows of handles that it no longer holds, as owner and as former owner. Skips a handle as
 * soon as the device's row is not the version `deviceEtag`: the device is then being registered again, and that
 * registration takes care of its handles.
 */
export async function releaseHandles(
  tables: DeviceTables,
  key: DeviceKey,
  deviceEtag: string,
  hashes: readonly string[],
): Promise<void> {
  for (const hash of new Set(hashes)) {
    await repeatWhileStale(async () => {
      // In this order: a claim made after the second read changes the version that the write below names.
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

const keySchema = z.pipe(
  z.tuple([z.string(), z.string()]),
  z.transform(([recipientId, deviceId]): DeviceKey => ({ recipientId, deviceId })),
);
const ownersSchema = z.object({ owner: z.optional(keySchema), former: z.array(keySchema) });

function parseOwners(cell: unknown): z.infer<typeof ownersSchema> {
  const parsed = ownersSchema.safeParse(typeof cell === 'string' ? parseJson(cell) : undefined);
  return parsed.success ? parsed.data : { former: [] };
}

function toTuple(key: DeviceKey): readonly [string, string] {
  return [key.recipientId, key.deviceId];
}
