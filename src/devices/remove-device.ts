import type { DeviceKey } from './device-key.ts';
import type { DeviceTables } from './device-tables.ts';
import { readStoredDevice } from './read-stored-device.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { retireDevice } from './retire-device.ts';

/** Removes a device, also one whose removal was begun and not finished. */
export async function removeDevice(tables: DeviceTables, key: DeviceKey): Promise<'removed' | 'not-found'> {
  return repeatWhileStale(async () => {
    const row = await tables.devices.get(key.recipientId, key.deviceId);
    if (row === undefined) return 'not-found';
    const retired = await retireDevice(tables, readStoredDevice(row));
    return retired === 'stale' ? 'stale' : 'removed';
  });
}
