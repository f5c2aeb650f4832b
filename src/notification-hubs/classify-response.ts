import type { Accepted, PushOutcome } from './push-outcome.ts';
import type { HubResponse, HubTransportResult } from './transports/hub-transport.ts';

interface ClassifyContext {
  /** Epoch milliseconds; the wait until a `Retry-After` date is counted from here. */
  readonly nowMs: number;
  /** Texts that must not appear in the outcome: the device handle and the SAS key. */
  readonly secrets: readonly string[];
}

/**
 * Turns the result of a transport into the outcome of a push: a response by its status, a request that never left into
 * `unavailable`, one that left without an answer into `unknown`. Pure.
 */
export function classifyTransportResult(result: HubTransportResult, context: ClassifyContext): PushOutcome {
  switch (result.kind) {
    case 'response':
      return classifyResponse(result, context);
    case 'not-sent':
      return { kind: 'unavailable', detail: `not sent (${result.reason})` };
    case 'no-answer':
      return { kind: 'unknown', detail: `sent, but no answer (${result.reason})` };
  }
}

/**
 * Turns a response of the hub into the outcome of a push. Pure; every status has an outcome:
 *
 * - 200, 201: `accepted`. Direct Send never answers with another 2xx: `unknown`, since the push may be on its way.
 * - 400, 413: `rejected`.
 * - 429, and 403 with a `Retry-After` header (even an unreadable one): `throttled`. Older API versions of the hub
 *   throttle with 403, newer ones with 429 (Microsoft's Notification Hubs client for .NET distinguishes them like this).
 * - 408 and 5xx: `unavailable`.
 * - 401, 403 without `Retry-After`, 404: `misconfigured`. So is every other 3xx and 4xx: a redirect, 405 or 407 comes
 *   from a proxy or from a server that is not a hub. The push is not at fault and must not be dropped.
 * - Not a final HTTP status (below 200, 600 and above): `unknown`.
 */
export function classifyResponse(response: HubResponse, context: ClassifyContext): PushOutcome {
  const { status, headers } = response;
  if (status === 200 || status === 201) return accepted(headers);

  const detail = describeAnswer(status, response.body, context.secrets);
  const waitMs = parseRetryAfter(headers['retry-after'], context.nowMs);
  const retryAfter = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (status < 300 || status > 599) return { kind: 'unknown', detail };
  if (status === 429 || (status === 403 && headers['retry-after'] !== undefined)) {
    return { kind: 'throttled', status, ...retryAfter };
  }
  if (status === 400 || status === 413) return { kind: 'rejected', status, detail };
  if (status === 408 || status >= 500) return { kind: 'unavailable', status, detail, ...retryAfter };
  return { kind: 'misconfigured', status, detail };
}

function accepted(headers: HubResponse['headers']): Accepted {
  const notificationId = readNotificationId(headers['location']);
  const trackingId = readTrackingId(headers['trackingid']);
  return {
    kind: 'accepted',
    ...(notificationId === undefined ? {} : { notificationId }),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
}

/**
 * Reads the notification id from the `Location` of an accepted send, `…/{hub}/messages/{id}?api-version=…`.
 * Only the Standard tier sends one.
 *
 * @returns undefined without the header, or when it has another form.
 */
function readNotificationId(location: string | undefined): string | undefined {
  return /\/messages\/([\w.-]{1,200})(?:[?#]|$)/i.exec(location ?? '')?.[1];
}

/**
 * Reads the id of the hub's own trace of a request from the `TrackingId` header, for support cases.
 *
 * @returns undefined without the header, or when it is not a plain token.
 */
function readTrackingId(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.:-]{1,200}$/.test(value) ? value : undefined;
}

/** No push is worth a longer wait. */
const maxWaitMs = 24 * 60 * 60_000;

/** The three date forms that a recipient must accept (RFC 9110, section 5.6.7). The last one omits its zone, GMT. */
const httpDate = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -](?:\d{2}|\d{4}) \d{2}:\d{2}:\d{2} GMT$/;

const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): whole seconds, or an HTTP date.
 *
 * @param value the header, or undefined when there is none.
 * @param nowMs epoch milliseconds; the wait until a date is counted from here.
 * @returns the wait in milliseconds, capped at 24 hours and 0 for a past date; undefined for anything else.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  const waitMs = /^\d{1,15}$/.test(text) ? Number(text) * 1000 : parseHttpDate(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), maxWaitMs);
}

function parseHttpDate(text: string): number {
  if (httpDate.test(text)) return Date.parse(text);
  return asctimeDate.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
}

/**
 * Says in one short redacted line why the hub rejected a request: `HTTP 400` and, when the body is the hub's
 * `<Error><Code>…</Code><Detail>…</Detail></Error>`, its detail. Any other body (a proxy's page) is ignored.
 *
 * @param secrets texts that must not appear in it.
 */
export function describeAnswer(status: number, body: string, secrets: readonly string[]): string {
  const detail = redactDetail(decodeEntities(textBetween(body, '<Detail>', '</Detail>')), secrets);
  return detail === '' ? `HTTP ${status}` : `HTTP ${status}: ${detail}`;
}

const maxDetailLength = 200;

/** Ids of the hub's own traces: long, but meant to be shown. */
const traceId = /^(?:[a-z]{1,20}:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:_[0-9a-z]{1,8}){0,3}$/i;

/** Longer than any plain word; device handles, keys, signatures and tokens are all that long. */
const opaqueWord = /[\w\-+/=%:]{24,}/g;

/**
 * Makes a text of the hub fit for logs: at most 200 characters on one line, without anything that may be quoted from the
 * request. Known secrets, anything in quotes or braces, and every long opaque word become `[redacted]`; ids of the hub's
 * traces stay.
 *
 * @param secrets texts that must not appear, such as the device handle and the SAS key; empty ones are ignored.
 */
export function redactDetail(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .replace(/\{.*/s, '[redacted]')
    .replace(/"[^"]*"?|(?<!\w)'[^']*'?/g, '[redacted]')
    .replace(opaqueWord, (word) => (traceId.test(word) ? word : '[redacted]'))
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim();
  return clean.length > maxDetailLength ? `${clean.slice(0, maxDetailLength - 1).toWellFormed()}…` : clean;
}

/** Searches without a pattern, so that the cost is linear for any body. */
function textBetween(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = from === -1 ? -1 : text.indexOf(end, from + start.length);
  return to === -1 ? '' : text.slice(from + start.length, to);
}

/** `&amp;` comes last, so that no text is decoded twice. */
function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
