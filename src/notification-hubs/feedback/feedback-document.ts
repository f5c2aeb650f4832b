import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import type { Platform } from '../../notifications/push.ts';
import { boundedText } from '../../shared/schema.ts';

/** What a push service reported to the hub about one handle. */
export interface FeedbackRecord {
  /** When the hub got the report, epoch milliseconds, rounded down. */
  readonly feedbackTimeMs: number;
  /** Name of the error as the hub writes it, such as `ExpiredChannel`. */
  readonly error: string;
  /** `other` for push services that the relay does not use. */
  readonly platform: Platform | 'other';
  /** A secret, like every device handle. */
  readonly handle: string;
}

/**
 * Decodes the bytes of a feedback blob. The encoding that the documents declare (`utf-16`) is not always the actual one: a
 * .NET string written as UTF-8 declares it too. So the bytes decide: in UTF-16, Latin text has a zero in every other byte,
 * even when a cut blob begins in the middle of a character. Invalid bytes become U+FFFD.
 */
export function decodeFeedback(bytes: Uint8Array): string {
  return new TextDecoder(guessEncoding(bytes)).decode(bytes);
}

const sampleBytes = 2048;

function guessEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const sample = bytes.subarray(0, sampleBytes);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (Math.max(even, odd) * 4 <= sample.length) return 'utf-8';
  return odd > even ? 'utf-16le' : 'utf-16be';
}

const startTag = '<PnsFeedback';
const endTag = '</PnsFeedback>';

/** Far more than a document with the longest handle (4,096 characters) has. */
const maxDocumentChars = 8192;

/**
 * Cuts the text of a feedback blob into its documents, `<PnsFeedback …>…</PnsFeedback>` each. It skips declarations, byte
 * order marks and any other text between them. The cost is linear in the length of any text.
 *
 * @returns each document, or undefined for one that is cut off or longer than 8,192 characters.
 */
export function* splitFeedback(text: string): Generator<string | undefined, void, undefined> {
  let start = findStart(text, 0);
  let end = -1;
  while (start !== -1) {
    const next = findStart(text, start + startTag.length);
    // The end found for an earlier start is still valid when it comes after this one.
    if (end < start) end = text.indexOf(endTag, start);
    if (end === -1) end = text.length;
    const stop = end + endTag.length;
    const whole = end < text.length && (next === -1 || next > end) && stop - start <= maxDocumentChars;
    yield whole ? text.slice(start, stop) : undefined;
    start = next;
  }
}

/** Where the next element starts. An element whose name merely begins with the same letters does not count. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf(startTag, from); at !== -1; at = text.indexOf(startTag, at + startTag.length)) {
    const after = text[at + startTag.length];
    if (after === undefined || /[\s>/]/.test(after)) return at;
  }
  return -1;
}

const documentSchema = z.object({
  PnsFeedback: z.object({
    FeedbackTime: boundedText(0, 40),
    NotificationSystemError: boundedText(1, 100),
    Platform: boundedText(1, 100),
    PnsHandle: boundedText(1, 4096),
  }),
});

/**
 * Reads one `<PnsFeedback>` document. Entities stay as written, and a document with a declaration (`<!`) is rejected: the
 * hub writes none, and no handle of APNs or FCM needs one.
 *
 * Source of the form: "Get Platform Notification Services (PNS) feedback" in the Notification Hubs REST reference.
 *
 * @returns undefined for any other text.
 */
export function readFeedbackDocument(document: string): FeedbackRecord | undefined {
  if (document.includes('<!')) return undefined;
  const parsed = documentSchema.safeParse(parseXml(document));
  if (!parsed.success) return undefined;
  const { FeedbackTime, NotificationSystemError, Platform, PnsHandle } = parsed.data.PnsFeedback;
  const feedbackTimeMs = readTime(FeedbackTime);
  if (Number.isNaN(feedbackTimeMs)) return undefined;
  return {
    feedbackTimeMs,
    error: NotificationSystemError,
    platform: readPlatform(Platform),
    handle: PnsHandle,
  };
}

// `parseTagValue` would turn a handle of digits into a number.
const parser = new XMLParser({
  processEntities: false,
  htmlEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  maxNestedTags: 3,
});

function parseXml(document: string): unknown {
  try {
    return parser.parse(document, true);
  } catch {
    return undefined;
  }
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** .NET writes seven digits of a second. A time without a zone is ambiguous, so it is invalid. */
function readTime(text: string): number {
  return isoTime.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN;
}

function readPlatform(name: string): FeedbackRecord['platform'] {
  switch (name.toLowerCase()) {
    case 'apple':
    case 'apns':
      return 'apns';
    case 'gcm':
    case 'fcm':
    case 'fcmv1':
      return 'fcmv1';
    default:
      return 'other';
  }
}
