import { hash } from 'node:crypto';
import { isRecord } from '../shared/json.ts';

/**
 * Members of an event that hold a secret of a call, whatever their case: `incomingCallContext` lets its reader answer or
 * redirect the call; `cp` and `shrToken` are parts of it. As alternatives of a pattern.
 */
const callSecretNames = 'incomingCallContext|cp|shrToken';

const callSecret = new RegExp(`^(?:${callSecretNames})$`, 'i');

// Matches a member of a JSON object that holds a call's secret, within a text: quotes may be escaped when JSON text is
// nested, the value may hold other escapes, and the text may end inside it. Every repetition is bounded or ends at a
// fixed character, so the time is linear in the length.
const secretMember = new RegExp(
  String.raw`(\\{0,8}"(?:${callSecretNames})\\{0,8}"\s{0,32}:\s{0,32}\\{0,8}")(?:[^"\\]|\\{1,8}[^"\\])*`,
  'gi',
);

/** How many levels of a received JSON value are read; no ACS event has ten. */
const maxJsonDepth = 64;

// What Newtonsoft.Json takes for a date: ISO 8601 with at most seven digits of a second, or Microsoft's own form.
const isoDate = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(?:(Z)|([+-])(\d\d):?(\d\d)?)?$/;

const microsoftDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/** Removes the values of a call's secrets from a text. Doing it twice changes nothing more. */
export function scrubText(text: string): string {
  // Nearly all texts of an event are ids and words without a quote.
  return text.includes('"') ? text.replace(secretMember, '$1') : text;
}

/**
 * Copies a JSON value without the secrets of a call, wherever they are, also inside nested JSON texts. Values more than
 * 64 levels deep become null. Everything else stays as it is.
 */
export function withoutSecrets(value: unknown): unknown {
  return copy(value, 0);
}

/**
 * Hashes the `data` of an event, to tell whether two deliveries carry the same: SHA-256, 64 hex digits. The order of
 * keys and the envelope make no difference, and a call's secrets do not count: an event that was dead-lettered without
 * them (see `withoutSecrets`), or arrives in the other schema, is still the same event.
 */
export function payloadHash(data: unknown): string {
  return hash('sha256', canonicalText(data, 0, scrubText), 'hex');
}

/**
 * Hashes the `data` of an event like `payloadHash`, but equally for every form in which one delivery can arrive. The
 * Event Grid trigger of the Functions host parses JSON with dates and prints each text that is one anew (`.120Z` becomes
 * `.12Z`, `+02:00` becomes UTC, `/Date(0)/` ISO), and replaces a lone surrogate by U+FFFD; the webhook and a dead letter
 * keep the text as it was. Seen in Functions host 4.1037 with the Event Grid extension 3.3.
 */
export function contentHash(data: unknown): string {
  return hash(
    'sha256',
    canonicalText(data, 0, (text) => scrubText(canonicalDate(text) ?? text.toWellFormed())),
    'hex',
  );
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxJsonDepth) return null;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isCallSecret(key))
      .map(([key, item]) => [key, copy(item, depth + 1)]),
  );
}

/** Whether a member with this name holds a secret of a call, which must be neither stored nor shown. */
function isCallSecret(key: string): boolean {
  return callSecret.test(key);
}

// The result of `withoutSecrets` as JSON text with sorted keys, in one pass, since every event waits for it.
function canonicalText(value: unknown, depth: number, textOf: (text: string) => string): string {
  if (typeof value === 'string') return JSON.stringify(textOf(value));
  const isList = Array.isArray(value);
  if (!isList && !isRecord(value)) return String(JSON.stringify(value));
  if (depth === maxJsonDepth) return 'null';
  let text = '';
  if (isList) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalText(item, depth + 1, textOf)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    if (isCallSecret(key)) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(value[key], depth + 1, textOf)}`;
  }
  return `{${text}}`;
}

/** Returns one text for all forms of a moment, in ticks of 100 ns; undefined when the text is no date. */
function canonicalDate(text: string): string | undefined {
  // Nearly no text of an event is a date, and this tells at a glance.
  if (text[10] !== 'T' && text[0] !== '/') return undefined;
  const [, milliseconds] = microsoftDate.exec(text) ?? [];
  if (milliseconds !== undefined) return `utc ${milliseconds}.0000`;
  const [, moment, fraction = '', zulu, sign, hours = '0', minutes = '0'] = isoDate.exec(text) ?? [];
  if (moment === undefined) return undefined;
  const digits = fraction.padEnd(7, '0');
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const ms = Date.parse(`${moment}Z`) + Number(digits.slice(0, 3)) - (sign === undefined ? 0 : offsetMs);
  if (Number.isNaN(ms)) return undefined;
  return `${zulu === undefined && sign === undefined ? 'local' : 'utc'} ${ms}.${digits.slice(3)}`;
}
