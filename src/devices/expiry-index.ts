import { createHash } from 'node:crypto';
import { dayDigits } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';
import type { Device, DeviceKey } from './device.ts';

/** What the names of the tables of the expiry index begin with; the rest is a day, see `dayDigits`. */
export const expiryTablePrefix = 'expiries';

/**
 * The partitions of every table of the expiry index. Each is read in one piece, and Azure answers with 1,000 rows at a
 * time, so a day takes 256,000 devices before a partition needs a second request.
 */
export const expiryShards: readonly string[] = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);

/** Where a device stands in a table of the expiry index: spread evenly over the partitions `EXPIRY_SHARDS`. */
export function expiryRowKey({ recipientId, deviceId }: DeviceKey): readonly [string, string] {
  const hash = createHash('sha256')
    .update(JSON.stringify([recipientId, deviceId]))
    .digest('hex');
  return [hash.slice(0, 2), hash];
}

/** Files a device in the expiry index under the day it expires, and gives that day. One request. */
export async function fileExpiry(expiries: TableService, device: Device): Promise<string> {
  const { recipientId, deviceId, expiresAtMs } = device;
  const day = dayDigits(expiresAtMs);
  const index = expiries.table(expiryTablePrefix + day);
  await index.put(...expiryRowKey({ recipientId, deviceId }), { recipientId, deviceId });
  return day;
}
