import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HubSettings } from '../../config/relay-config.ts';
import type { Clock } from '../../shared/time.ts';
import { createSasTokenCache } from '../request.ts';
import {
  askFeedbackContainer,
  type FeedbackLimits,
  type FeedbackRefusal,
  feedbackBlobPrefixes,
  readFeedbackBlobs,
} from './feedback-container.ts';
import type { FeedbackRecord } from './feedback-document.ts';

/** Reads the push services' feedback that one hub keeps. Keeps no state. */
export interface FeedbackReader {
  /**
   * Passes every record of the last three days to the visitor, in no order. Never throws for what Azure returned.
   *
   * @param timeoutMs longest time until the result.
   */
  readonly read: (
    visit: (record: FeedbackRecord) => void,
    timeoutMs: number,
  ) => Promise<FeedbackRead | FeedbackRefusal>;
}

interface FeedbackRead {
  readonly kind: 'read';
  /** Documents that the visitor got. */
  readonly documents: number;
  /** Malformed documents, which were skipped. */
  readonly broken: number;
  readonly blobs: number;
  /** Why a part of the feedback could not be read; absent when all was read. What was read counts all the same. */
  readonly unread?: string;
}

interface FeedbackReaderDeps {
  readonly hub: HubSettings;
  readonly clock: Clock;
  /** By default 50 blobs, 8 MiB of each, 32 MiB together. */
  readonly limits?: Partial<FeedbackLimits>;
}

const defaultLimits: FeedbackLimits = {
  blobs: 50,
  bytesPerBlob: 8 * 1024 * 1024,
  bytes: 32 * 1024 * 1024,
};

/** Today, yesterday and the day before, so that a missed run is made up for. */
const feedbackDays = 3;

const maxAskMs = 10_000;

/**
 * Creates the {@link FeedbackReader} of one hub. The first read that needs the libraries for blobs and XML loads them, so
 * that no ring waits for them.
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
        timeoutMs: Math.min(Math.ceil(timeoutMs), maxAskMs),
      });
      if (container.kind !== 'container') return container;

      let blobs = 0;
      let unread: string | undefined;
      const total = { documents: 0, broken: 0 };
      const request = {
        url: container.url,
        prefixes: feedbackBlobPrefixes(nowMs, feedbackDays),
        limits: { ...defaultLimits, ...limits },
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

/** A ring on the same instance waits for this many documents, some milliseconds. */
const documentsPerTurn = 100;

/** False when the signal ended it before the last document. */
async function visitDocuments(
  bytes: Uint8Array,
  total: { documents: number; broken: number },
  visit: (record: FeedbackRecord) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { decodeFeedback, readFeedbackDocument, splitFeedback } = await import('./feedback-document.ts');
  let seen = 0;
  for (const document of splitFeedback(decodeFeedback(bytes))) {
    const record = document === undefined ? undefined : readFeedbackDocument(document);
    if (record === undefined) total.broken += 1;
    else {
      total.documents += 1;
      visit(record);
    }
    seen += 1;
    if (seen % documentsPerTurn === 0) {
      await nextTurn();
      if (signal.aborted) return false;
    }
  }
  return true;
}

/** `dead`: the handle will never work again. `suspect`: the hub may be at fault. `other`: proves nothing about it. */
type FeedbackVerdict = 'dead' | 'suspect' | 'other';

/**
 * What an error of the feedback means for the handle. Only `ExpiredChannel` proves that a handle is dead.
 *
 * - `ExpiredChannel`: the push service itself revoked the handle (APNs feedback; FCM `NotRegistered`). Source: the
 *   metrics `outgoing.apns.expiredchannel` and `outgoing.gcm.expiredchannel` in "Supported metrics for
 *   Microsoft.NotificationHubs/namespaces/notificationHubs" (Azure Monitor).
 * - `BadChannel`: suspect, not dead. APNs returns it for an invalid token, and for every valid token when the hub has
 *   credentials of the other environment: "Handling notification responses from APNs"
 *   (Apple, `BadDeviceToken`) and the Notification Hubs FAQ (sandbox and production certificates). One wrong
 *   certificate must not remove every device.
 * - `WrongToken`, `WrongChannel`: the handle belongs to another app than the hub's credentials. Same sources
 *   and reasoning.
 * - Everything else is about the push, the credentials or the service: `Throttled`, `InvalidCredentials`,
 *   `PnsUnavailable`, `PnsServerError`, `Dropped`, `InvalidNotificationSize` and future names. So is
 *   `UnknownError`, although hubs have returned it for an FCM v1 token that was gone (issue 321 of
 *   Azure/azure-notificationhubs-dotnet): the name proves nothing.
 */
export function judgeFeedbackError(error: string): FeedbackVerdict {
  switch (error.toLowerCase()) {
    case 'expiredchannel':
      return 'dead';
    case 'badchannel':
    case 'wrongtoken':
    case 'wrongchannel':
      return 'suspect';
    default:
      return 'other';
  }
}
