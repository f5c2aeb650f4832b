import { RelayError } from '../errors/errors.ts';
import type { Notification } from './notification.ts';
import type { AlertText } from './texts/alert-text.ts';

/** The parts of a payload that may be cut, or in the case of the last one omitted, to make it fit. */
export interface FlexibleParts {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  /** The caller's or sender's name. */
  readonly name?: string | undefined;
  /** Opaque data of the Calling SDK: sent whole or not at all. */
  readonly callPayload?: string | undefined;
}

/** The flexible parts of a notification's payload. Without an alert it has no title and body. */
export function flexibleParts(notification: Notification, alert: AlertText | undefined): FlexibleParts {
  const isCall = 'callId' in notification;
  return {
    title: alert?.title,
    body: alert?.body,
    name: isCall ? notification.callerName : notification.senderName,
    callPayload: isCall ? notification.callPayload : undefined,
  };
}

/**
 * The size limit of a payload in bytes. APNs and FCM both accept 4,096, and Notification Hubs applies the same limit to
 * VoIP pushes (Microsoft, "Use Azure Notification Hubs to send VoIP notifications").
 */
export const maxBodyBytes = 4096;

/**
 * Serializes a payload in at most 4,096 bytes: cuts the body text first, then title and name, and finally omits the call
 * payload. Everything else is left untouched.
 *
 * @param build makes the JSON text from the parts; longer parts must never make it shorter
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` when even that does not fit
 */
export function fitBody(parts: FlexibleParts, build: (parts: FlexibleParts) => string): string {
  const whole = wellFormed(parts);
  const first = build(whole);
  if (fits(first)) return first;
  const cutBody = longestThatFits((graphemes) => build({ ...whole, body: cut(whole.body, graphemes) }));
  if (cutBody !== undefined) return cutBody;
  return cutNames(whole, build) ?? cutNames({ ...whole, callPayload: undefined }, build) ?? tooLarge(first);
}

// Push services reject unpaired surrogates as invalid Unicode, so they become U+FFFD.
function wellFormed(parts: FlexibleParts): FlexibleParts {
  return {
    title: parts.title?.toWellFormed(),
    body: parts.body?.toWellFormed(),
    name: parts.name?.toWellFormed(),
    callPayload: parts.callPayload,
  };
}

function fits(body: string): boolean {
  return Buffer.byteLength(body, 'utf8') <= maxBodyBytes;
}

function longestThatFits(buildWith: (graphemes: number) => string): string | undefined {
  let best: string | undefined;
  let low = 0;
  let high = maxBodyBytes;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const candidate = buildWith(middle);
    if (fits(candidate)) {
      best = candidate;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

function cutNames(parts: FlexibleParts, build: (parts: FlexibleParts) => string): string | undefined {
  return longestThatFits((graphemes) =>
    build({
      ...parts,
      body: cut(parts.body, graphemes),
      title: cut(parts.title, graphemes),
      name: cut(parts.name, graphemes),
    }),
  );
}

function tooLarge(body: string): never {
  throw new RelayError({
    code: 'EVENT_PAYLOAD_TOO_LARGE',
    class: 'user',
    message: `The push would have ${Buffer.byteLength(body, 'utf8')} bytes; the limit is ${maxBodyBytes}. The event's ids alone exceed it, and ids are never cut. Check the ids of the event: Azure Communication Services never creates ids this long.`,
  });
}

function cut(text: string | undefined, graphemes: number): string | undefined {
  return text === undefined ? undefined : cutText(text, graphemes);
}

// Created on the first cut, which is rare: it would add 15 to 20 ms to a cold start.
let segmenter: Intl.Segmenter | undefined;

/**
 * Returns the first `maxGraphemes` user-perceived characters of a text, followed by "…" if that shortened it. A grapheme
 * (an emoji with its skin tone, a letter with its accents) is never split.
 */
export function cutText(text: string, maxGraphemes: number): string {
  // Bounds the work for very long texts: a window slightly larger than the result is enough.
  const windowUnits = maxGraphemes * 16 + 64;
  const window = text.length > windowUnits ? text.slice(0, windowUnits) : text;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  let keptUnits = 0;
  let graphemes = 0;
  for (const { index } of segmenter.segment(window)) {
    keptUnits = index;
    if (graphemes === maxGraphemes) return `${window.slice(0, keptUnits)}…`;
    graphemes += 1;
  }
  // The last segment of a window may be half a grapheme.
  return window.length === text.length ? text : `${window.slice(0, keptUnits)}…`;
}
