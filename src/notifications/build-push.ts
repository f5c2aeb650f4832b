import { buildApnsPush } from './apns.ts';
import { buildFcmPush } from './fcm.ts';
import type { Notification } from './notification.ts';
import type { Push, PushOptions, PushTarget } from './push.ts';

/**
 * Builds the push for one device. The `apns-id` and collapse id are the same on every try, so that a push sent twice is
 * shown once.
 *
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` when the ids alone exceed 4,096 bytes, which ACS ids never do
 */
export function buildPush(notification: Notification, target: PushTarget, options: PushOptions): Push {
  return target.platform === 'apns'
    ? buildApnsPush(notification, target, options)
    : buildFcmPush(notification, target, options);
}
