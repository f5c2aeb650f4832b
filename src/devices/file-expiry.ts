import { dayDigits } from '../shared/time.ts';
import type { TableService } from '../storage/table-service.ts';
import type { Device } from './device.ts';
import { expiryRowKey } from './expiry-row-key.ts';
import { EXPIRY_TABLE_PREFIX } from './expiry-table-prefix.ts';

/** Files a device in the expiry index under the day it expires, and gives that day. One request. */
export async function fileExpiry(expiries: TableService, device: Device): Promise<string> {
  const { recipientId, deviceId, expiresAtMs } = device;
  const day = dayDigits(expiresAtMs);
  const index = expiries.table(EXPIRY_TABLE_PREFIX + day);
  await index.put(...expiryRowKey({ recipientId, deviceId }), { recipientId, deviceId });
  return day;
}
