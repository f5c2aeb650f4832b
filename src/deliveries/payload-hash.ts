import { createHash } from 'node:crypto';
import { withoutSecrets } from './without-secrets.ts';

/**
 * The hash by which two deliveries of one event are known to carry the same: SHA-256 of the event's `data`, 64 hex
 * digits. The order of keys makes no difference, nor does the envelope, and a call's secrets do not count: an event that
 * was dead-lettered without them, or comes in the other schema, is still the same event.
 */
export function payloadHash(data: unknown): string {
  const text = JSON.stringify(sortKeys(withoutSecrets(data))) ?? 'undefined';
  return createHash('sha256').update(text).digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}
