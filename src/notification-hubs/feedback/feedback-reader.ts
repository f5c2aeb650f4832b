import { setImmediate as breathe } from 'node:timers/promises';
import type { HubSettings } from '../../config/relay-config.ts';
import type { Clock } from '../../shared/time.ts';
import { createSasTokenCache } from '../sas-token.ts';
import {
  askFeedbackContainer,
  type FeedbackLimits,
  type FeedbackRefusal,
  feedbackBlobPrefixes,
  readFeedbackBlobs,
} from './feedback-container.ts';
import type { FeedbackRecord } from './feedback-document.ts';

/** Reads the feedback of push services that one hub keeps. Remembers nothing. */
export interface FeedbackReader {
  /**
   * Hands every record of the last days to the visitor, in no order. Never throws for what Azure said or did.
   *
   * @param timeoutMs longest time until the result.
   */
  readonly read: (
    visit: (record: FeedbackRecord) => void,
    timeoutMs: number,
  ) => Promise<FeedbackRead | FeedbackRefusal>;
}

/** What was read of a hub's feedback. */
interface FeedbackRead {
  readonly kind: 'read';
  /** Documents that were read, each handed to the visitor. */
  readonly documents: number;
  /** Documents that are broken; they were passed over. */
  readonly broken: number;
  readonly blobs: number;
  /** Why not everything was read; absent when it was. What was read counts nevertheless. */
  readonly unread?: string;
}

const defaultLimits: FeedbackLimits = {
  blobs: 50,
  bytesPerBlob: 8 * 1024 * 1024,
  bytes: 32 * 1024 * 1024,
};

/** Today, yesterday, and the day before: a run that was missed is made good. */
const DAYS = 3;

const maxAskMs = 10_000;

/** A ring that comes meanwhile on the same instance waits for so many documents, some milliseconds. */
const documentsAtOnce = 100;

/** `dead`: the handle will never work again. `suspect`: it may be the hub's fault. `other`: says nothing about it. */
type FeedbackVerdict = 'dead' | 'suspect' | 'other';

/**
 * Says what an error of the feedback means for the handle. Only `ExpiredChannel` is proof that a handle is dead.
 *
 * - `ExpiredChannel`: the push service itself took the handle back (APNs feedback; FCM `NotRegistered`). Source: the
 *   metrics `outgoing.apns.expiredchannel` and `outgoing.gcm.expiredchannel` in "Supported metrics for
 *   Microsoft.NotificationHubs/namespaces/notificationHubs" (Azure Monitor).
 * - `BadChannel`: "suspect", not dead. For APNs it is the answer to an invalid token, which is also what every good
 *   token gets when the hub has credentials of the other environment: "Handling notification responses from APNs"
 *   (Apple, `BadDeviceToken`) and the Notification Hubs FAQ (sandbox and production certificates). One wrong
 *   certificate must not remove every device.
 * - `WrongToken`, `WrongChannel`: the handle belongs to another app than the hub's credentials. Same source; same
 *   reasoning.
 * - Everything else is about the push, the credentials or the service: `Throttled`, `InvalidCredentials`,
 *   `PnsUnavailable`, `PnsServerError`, `Dropped`, `InvalidNotificationSize` and names yet to come. So is
 *   `UnknownError`, although hubs were seen to write it for an FCM v1 token that was gone (issue 321 of
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

/** What a reader is made of. */
interface FeedbackReaderDeps {
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
        timeoutMs: Math.min(Math.ceil(timeoutMs), maxAskMs),
      });
      if (container.kind !== 'container') return container;

      let blobs = 0;
      let unread: string | undefined;
      const total = { documents: 0, broken: 0 };
      const request = {
        url: container.url,
        prefixes: feedbackBlobPrefixes(nowMs, DAYS),
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
    if (seen % documentsAtOnce === 0) {
      await breathe();
      if (signal.aborted) return false;
    }
  }
  return true;
}
