import { hash } from 'node:crypto';
import { withoutSecrets } from './without-secrets.ts';

/**
 * The hash by which two deliveries of one event are known to carry the same: SHA-256 of the event's `data`, 64 hex
 * digits. The order of keys makes no difference, nor does the envelope, and a call's secrets do not count: an event that
 * was dead-lettered without them, or comes in the other schema, is still the same event.
 */
export function payloadHash(data: unknown): string {
  return hash('sha256', canonicalText(withoutSecrets(data)), 'hex');
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`);
  return `{${members.sort().join(',')}}`;
}
