import { RelayError } from '../errors/errors.ts';
import type { Notification } from './notification.ts';
import type { AlertText } from './texts/alert-text.ts';

/** The parts of a payload that may be shortened or, the last one, left out. */
export interface FlexibleParts {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  /** The caller's or sender's name. */
  readonly name?: string | undefined;
  /** Opaque data of the Calling SDK, which is whole or absent. */
  readonly callPayload?: string | undefined;
}

/**
 * Most bytes a payload may have: APNs and FCM both take 4,096, and Notification Hubs holds VoIP pushes to the same
 * (Microsoft, "Use Azure Notification Hubs to send VoIP notifications").
 */
export const maxBodyBytes = 4096;

// Made when a text is cut for the first time, which few are: making it takes 15 to 20 ms of a cold start.
let segmenter: Intl.Segmenter | undefined;

/**
 * The first `maxGraphemes` user-perceived characters of a text, with "…" where something was left out. A grapheme
 * (an emoji with its skin tone, a letter with its accents) is kept whole or left out whole.
 */
export function cutText(text: string, maxGraphemes: number): string {
  // Reading a little more than is kept is enough, however long the text is.
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

/**
 * Serialises a payload so that it has at most 4,096 bytes: cuts the body text first, then title and name, and at last
 * leaves the call payload out. What is not a flexible part is never touched.
 *
 * @param build makes the JSON text from the parts; more text must never make it shorter
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

/** The parts of a notification's payload that may be shortened or left out; without an alert it has no title and body. */
export function flexibleParts(notification: Notification, alert: AlertText | undefined): FlexibleParts {
  const isCall = 'callId' in notification;
  return {
    title: alert?.title,
    body: alert?.body,
    name: isCall ? notification.callerName : notification.senderName,
    callPayload: isCall ? notification.callPayload : undefined,
  };
}

// Half surrogate pairs are no valid Unicode: push services refuse them, so they become U+FFFD.
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

function cut(text: string | undefined, graphemes: number): string | undefined {
  return text === undefined ? undefined : cutText(text, graphemes);
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
    message: `The push would have ${Buffer.byteLength(body, 'utf8')} bytes, and ${maxBodyBytes} are allowed; its ids alone are too long, and ids are never cut. Look at the ids of the event: no id of Azure Communication Services is that long.`,
  });
}
