import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { boundedText } from '../../shared/schema.ts';
import type { FeedbackRecord } from './feedback-record.ts';

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

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

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

function parseXml(document: string): unknown {
  try {
    return parser.parse(document, true);
  } catch {
    return undefined;
  }
}

/** .NET writes seven digits of a second; a time without its zone could be any. */
function readTime(text: string): number {
  return ISO_TIME.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN;
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
