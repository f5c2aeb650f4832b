import { createHash } from 'node:crypto';
import type { DeviceKey } from './device-key.ts';

/** Where a device stands in a table of the expiry index: spread evenly over the partitions `EXPIRY_SHARDS`. */
export function expiryRowKey({ recipientId, deviceId }: DeviceKey): readonly [string, string] {
  const hash = createHash('sha256')
    .update(JSON.stringify([recipientId, deviceId]))
    .digest('hex');
  return [hash.slice(0, 2), hash];
}
