import type { DeviceKey } from './device-key.ts';
import type { DeviceTables } from './device-tables.ts';
import { readHandleOwner } from './read-handle-owner.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { sameDevice } from './same-device.ts';
import { writeHandleOwner } from './write-handle-owner.ts';

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
