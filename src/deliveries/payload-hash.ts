import { hash } from 'node:crypto';
import { isRecord } from '../shared/json.ts';
import { isCallSecret } from './is-call-secret.ts';
import { maxJsonDepth } from './max-json-depth.ts';
import { scrubText } from './scrub-text.ts';

/**
 * The hash by which two deliveries of one event are known to carry the same: SHA-256 of the event's `data`, 64 hex
 * digits. The order of keys makes no difference, nor does the envelope, and a call's secrets do not count: an event that
 * was dead-lettered without them (see `withoutSecrets`), or comes in the other schema, is still the same event.
 */
export function payloadHash(data: unknown): string {
  return hash('sha256', canonicalText(data, 0), 'hex');
}

// What `withoutSecrets` leaves, as JSON text with its keys in order; in one go, since every event waits for it.
function canonicalText(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(scrubText(value));
  const isList = Array.isArray(value);
  if (!isList && !isRecord(value)) return String(JSON.stringify(value));
  if (depth === maxJsonDepth) return 'null';
  let text = '';
  if (isList) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalText(item, depth + 1)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    if (isCallSecret(key)) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(value[key], depth + 1)}`;
  }
  return `{${text}}`;
}
