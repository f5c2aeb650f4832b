import { setImmediate as breathe } from 'node:timers/promises';
import type { HubSettings } from '../../config/relay-config.ts';
import type { Clock } from '../../shared/time.ts';
import { createSasTokenCache } from '../create-sas-token-cache.ts';
import { askFeedbackContainer } from './ask-feedback-container.ts';
import { decodeFeedback } from './decode-feedback.ts';
import { feedbackBlobPrefixes } from './feedback-blob-prefixes.ts';
import type { FeedbackReader } from './feedback-reader.ts';
import type { FeedbackRecord } from './feedback-record.ts';
import { type FeedbackLimits, readFeedbackBlobs } from './read-feedback-blobs.ts';
import { splitFeedback } from './split-feedback.ts';

const DEFAULT_LIMITS: FeedbackLimits = {
  blobs: 50,
  bytesPerBlob: 8 * 1024 * 1024,
  bytes: 32 * 1024 * 1024,
};

/** Today, yesterday, and the day before: a run that was missed is made good. */
const DAYS = 3;

const MAX_ASK_MS = 10_000;

/** A ring that comes meanwhile on the same instance waits for so many documents, some milliseconds. */
const DOCUMENTS_AT_ONCE = 100;

/** What a reader is made of. */
export interface FeedbackReaderDeps {
  readonly hub: HubSettings;
  readonly clock: Clock;
  /** By default 50 blobs, 8 MiB of each, 32 MiB together. */
  readonly limits?: Partial<FeedbackLimits>;
}

/**
 * The {@link FeedbackReader} of one hub. The libraries for blobs and XML are loaded by the first read that needs them,
 * never on the way of a ring.
 */
export function createFeedbackReader({ hub, clock, limits }: FeedbackReaderDeps): FeedbackReader {
  const authorization = createSasTokenCache(hub.connection, clock);
  return {
    read: async (visit, timeoutMs) => {
      if (timeoutMs <= 0) return { kind: 'unavailable', detail: 'no time left' };
      const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
      const nowMs = clock();
      const container = await askFeedbackContainer({
        hub,
        authorization: authorization(),
        nowMs,
        timeoutMs: Math.min(Math.ceil(timeoutMs), MAX_ASK_MS),
      });
      if (container.kind !== 'container') return container;

      let blobs = 0;
      let unread: string | undefined;
      const total = { documents: 0, broken: 0 };
      const request = {
        url: container.url,
        prefixes: feedbackBlobPrefixes(nowMs, DAYS),
        limits: { ...DEFAULT_LIMITS, ...limits },
        signal,
      };
      for await (const blob of readFeedbackBlobs(request)) {
        if (blob.kind === 'failed') {
          unread ??= blob.detail;
          continue;
        }
        blobs += 1;
        if (!(await visitDocuments(blob.bytes, total, visit, signal))) unread ??= 'read: TIMEOUT';
      }
      if (unread === undefined) return { kind: 'read', ...total, blobs };
      if (blobs === 0) return { kind: 'unavailable', detail: `feedback container, ${unread}` };
      return { kind: 'read', ...total, blobs, unread };
    },
  };
}

async function visitDocuments(
  bytes: Uint8Array,
  total: { documents: number; broken: number },
  visit: (record: FeedbackRecord) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { readFeedbackDocument } = await import('./read-feedback-document.ts');
  let seen = 0;
  for (const document of splitFeedback(decodeFeedback(bytes))) {
    const record = document === undefined ? undefined : readFeedbackDocument(document);
    if (record === undefined) total.broken += 1;
    else {
      total.documents += 1;
      visit(record);
    }
    seen += 1;
    if (seen % DOCUMENTS_AT_ONCE === 0) {
      await breathe();
      if (signal.aborted) return false;
    }
  }
  return true;
}
