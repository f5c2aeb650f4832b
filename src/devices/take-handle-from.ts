import type { DeviceKey } from './device-key.ts';
import type { DeviceTables } from './device-tables.ts';
import { dropVoipHandle } from './drop-voip-handle.ts';
import { hashHandle } from './hash-handle.ts';
import { readStoredDevice } from './read-stored-device.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { retireDevice } from './retire-device.ts';

/**
 * Sees to it that a former owner does not hold a handle: its device goes, or only its VoIP handle if that is the one.
 * A row that holds another handle is written as it is: its new ETag stops a registration of the former owner that has
 * claimed the handle earlier and would only now become active with it.
 */
export async function takeHandleFrom(tables: DeviceTables, former: DeviceKey, hash: string): Promise<void> {
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
