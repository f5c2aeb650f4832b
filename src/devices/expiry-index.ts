import { createHash } from 'node:crypto';
import { dayDigits } from '../shared/time.ts';
import type { TableRow, TableService } from '../storage/tables.ts';
import type { Device, DeviceKey } from './device.ts';

/** The names of the tables of the expiry index are this prefix and a day, see `dayDigits`. */
export const expiryTablePrefix = 'expiries';

/**
 * The partitions of every table of the expiry index. A partition is read with one query, and Azure returns at most
 * 1,000 rows per request, so a day can hold about 256,000 devices before a partition needs a second request.
 */
export const expiryShards: readonly string[] = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
);

/** The partition and row key of a device in a table of the expiry index. Devices spread evenly over {@link expiryShards}. */
export function expiryRowKey({ recipientId, deviceId }: DeviceKey): readonly [string, string] {
  const hash = createHash('sha256')
    .update(JSON.stringify([recipientId, deviceId]))
    .digest('hex');
  return [hash.slice(0, 2), hash];
}

/** Files a device in the expiry index under the day it expires, and returns that day. One request. */
export async function fileExpiry(expiries: TableService, device: Device): Promise<string> {
  const { recipientId, deviceId, expiresAtMs } = device;
  const day = dayDigits(expiresAtMs);
  const index = expiries.table(expiryTablePrefix + day);
  await index.put(...expiryRowKey({ recipientId, deviceId }), { recipientId, deviceId });
  return day;
}

/** An entry of the expiry index, in the version that was read. */
interface ExpiryEntry {
  readonly day: string;
  readonly row: TableRow;
}

/** Looks a device up in the expiry index under a day. One request. */
export async function readExpiry(
  expiries: TableService,
  key: DeviceKey,
  day: string,
): Promise<ExpiryEntry | undefined> {
  const row = await expiries.table(expiryTablePrefix + day).get(...expiryRowKey(key));
  return row && { day, row };
}

/** Removes an entry from the expiry index, unless it was written again since it was read. One request. */
export async function removeExpiry(expiries: TableService, { day, row }: ExpiryEntry): Promise<void> {
  await expiries.table(expiryTablePrefix + day).remove(row.partitionKey, row.rowKey, row.etag);
}
