import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import type { Platform } from '../../notifications/push.ts';
import { boundedText } from '../../shared/schema.ts';

/** What a push service told the hub about one handle. */
export interface FeedbackRecord {
  /** When the hub was told, epoch milliseconds, rounded down. */
  readonly feedbackTimeMs: number;
  /** Name of the error as the hub writes it, such as `ExpiredChannel`. */
  readonly error: string;
  /** `other` for push services that the relay does not send through. */
  readonly platform: Platform | 'other';
  /** A secret, like every device handle. */
  readonly handle: string;
}

const sampleBytes = 2048;
const START = '<PnsFeedback';
const END = '</PnsFeedback>';

/** Far more than a document with the longest handle (4,096 characters) needs. */
const maxDocumentChars = 8192;

// Without values of tags turned into numbers: a handle of digits must stay what it is.
const parser = new XMLParser({
  processEntities: false,
  htmlEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  maxNestedTags: 3,
});

const documentSchema = z.object({
  PnsFeedback: z.object({
    FeedbackTime: boundedText(0, 40),
    NotificationSystemError: boundedText(1, 100),
    Platform: boundedText(1, 100),
    PnsHandle: boundedText(1, 4096),
  }),
});

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the bytes of a feedback blob as text. What the documents declare (`utf-16`) is not what they need be: UTF-8
 * written through a .NET string declares it too. So the bytes decide: text in Latin script has a zero in every other
 * byte when it is UTF-16, even when it begins in the middle of a character. Bytes that are no text become U+FFFD.
 */
export function decodeFeedback(bytes: Uint8Array): string {
  return new TextDecoder(guessEncoding(bytes)).decode(bytes);
}

/**
 * Cuts the text of a feedback blob into its documents, `<PnsFeedback …>…</PnsFeedback>` each. Declarations, byte order
 * marks and anything else between them is passed over. Costs time linear to the text, whatever it holds.
 *
 * @returns each document, or undefined for one that is cut off or longer than 8,192 characters.
 */
export function* splitFeedback(text: string): Generator<string | undefined, void, undefined> {
  let start = findStart(text, 0);
  let end = -1;
  while (start !== -1) {
    const next = findStart(text, start + START.length);
    // The end that was found for an earlier start still holds when it lies behind this one.
    if (end < start) end = text.indexOf(END, start);
    if (end === -1) end = text.length;
    const stop = end + END.length;
    const whole = end < text.length && (next === -1 || next > end) && stop - start <= maxDocumentChars;
    yield whole ? text.slice(start, stop) : undefined;
    start = next;
  }
}

/**
 * Reads one `<PnsFeedback>` document. Entities stay as they are written and a document that declares anything (`<!`) is
 * refused: the hub never writes such, and no handle of APNs or FCM needs them.
 *
 * Source of the form: "Get Platform Notification Services (PNS) feedback" in the Notification Hubs REST reference.
 *
 * @returns undefined for what is no such document.
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

/** Where the element starts: elements whose name only begins alike do not count. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf(START, from); at !== -1; at = text.indexOf(START, at + START.length)) {
    const after = text[at + START.length];
    if (after === undefined || /[\s>/]/.test(after)) return at;
  }
  return -1;
}

function parseXml(document: string): unknown {
  try {
    return parser.parse(document, true);
  } catch {
    return undefined;
  }
}

/** .NET writes seven digits of a second; a time without its zone could be any. */
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
