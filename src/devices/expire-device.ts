import { deviceCells } from './device-cells.ts';
import type { DeviceKey } from './device-key.ts';
import type { DeviceTables } from './device-tables.ts';
import { fileExpiry } from './file-expiry.ts';
import { isDead } from './is-dead.ts';
import { isLive } from './is-live.ts';
import { readStoredDevice } from './read-stored-device.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { retireDevice } from './retire-device.ts';

/**
 * What became of a device whose day in the expiry index is over: it was removed with its handles, it lives and is filed
 * under a later day, it had gone before, or a registration or removal of it has just begun.
 */
export type Expired = 'removed' | 'kept' | 'gone' | 'busy';

/**
 * Removes a device if it is expired now. One that was renewed is filed under the day it expires now, before the caller
 * may forget the day it was filed under. Unless the result is `busy`, the row of the index is not needed any more.
 *
 * @param day - the day of the index that it was found under.
 */
export async function expireDevice(
  tables: DeviceTables,
  key: DeviceKey,
  day: string,
  nowMs: number,
): Promise<Expired> {
  const { recipientId, deviceId } = key;
  let removed = false;
  return repeatWhileStale(async () => {
    const row = await tables.devices.get(recipientId, deviceId);
    if (row === undefined) return removed ? 'removed' : 'gone';
    const stored = readStoredDevice(row);
    if (isLive(stored, nowMs)) {
      if (stored.sweepDay !== undefined && stored.sweepDay > day) return 'kept';
      const sweepDay = await fileExpiry(tables.expiries, stored.device);
      const cells = deviceCells(stored.device, true, stored.claims, sweepDay);
      const written = await tables.devices.replace(recipientId, deviceId, cells, row.etag);
      return written.kind === 'stale' ? 'stale' : 'kept';
    }
    if (!isDead(stored, nowMs)) return 'busy';
    removed = (await retireDevice(tables, stored)) === 'retired';
    // Look again: a registration that came in between went on with this very row, and counts on its place in the index.
    return 'stale';
  });
}
