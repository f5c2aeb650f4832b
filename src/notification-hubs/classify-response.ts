import { describeAnswer } from './describe-answer.ts';
import type { HubResponse } from './hub-transport.ts';
import { parseRetryAfter } from './parse-retry-after.ts';
import type { Accepted, PushOutcome } from './push-outcome.ts';
import { readNotificationId } from './read-notification-id.ts';
import { readTrackingId } from './read-tracking-id.ts';

/** What an answer is judged with. */
export interface ClassifyContext {
  /** Epoch milliseconds a `Retry-After` date is counted from. */
  readonly nowMs: number;
  /** Texts that must not appear in the outcome: the device handles and the SAS key. */
  readonly secrets: readonly string[];
}

const accepted = (headers: HubResponse['headers']): Accepted => {
  const notificationId = readNotificationId(headers['location']);
  const trackingId = readTrackingId(headers['trackingid']);
  return {
    kind: 'accepted',
    ...(notificationId === undefined ? {} : { notificationId }),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
};

/**
 * Turns an answer of the hub into the outcome of a push. Pure; every status ends somewhere:
 *
 * - 200, 201: `accepted`. Any other 2xx is not an answer of Direct Send: `unknown`, since the push may be on its way.
 * - 400, 413: `rejected`.
 * - 429, and 403 with a `Retry-After` header (even an unreadable one): `throttled`. Older API versions of the hub
 *   throttle with 403, newer ones with 429 (Microsoft's Notification Hubs client for .NET tells them apart like this).
 * - 408 and 5xx: `unavailable`.
 * - 401, 403 without `Retry-After`, 404: `misconfigured`. So is every other 3xx and 4xx: a redirect, 405 or 407
 *   comes from a proxy or from a server that is no hub, never from a fault of this push, and it must not be dropped.
 * - What is no final HTTP status (below 200, 600 and above): `unknown`.
 */
export const classifyResponse = (response: HubResponse, context: ClassifyContext): PushOutcome => {
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
};
