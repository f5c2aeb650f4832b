import type { TableStore } from '../storage/table-store.ts';
import type { DeviceKey } from './device-key.ts';
import type { HandleOwner } from './handle-owner.ts';
import { readHandleOwner } from './read-handle-owner.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { sameDevice } from './same-device.ts';
import { writeHandleOwner } from './write-handle-owner.ts';

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
