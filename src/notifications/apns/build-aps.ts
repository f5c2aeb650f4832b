import type { Notification } from '../notification.ts';
import type { AlertText } from '../texts/alert-text.ts';

/** The three `apns-push-type` values the relay uses. */
export type ApnsPushType = 'voip' | 'alert' | 'background';

/**
 * The `aps` dictionary. It is never absent: Notification Hubs refuses an Apple payload without one. Categories are the
 * kind in upper case, such as `ACS_INCOMING_CALL`, for apps that attach actions to them.
 */
export function buildAps(notification: Notification, pushType: ApnsPushType, alert: AlertText): object {
  if (pushType === 'voip') return {};
  if (pushType === 'background') return { 'content-available': 1 };
  const category = `ACS_${notification.kind.toUpperCase().replaceAll('-', '_')}`;
  if (notification.kind === 'incoming-call') {
    return { alert, sound: 'default', 'interruption-level': 'time-sensitive', category };
  }
  const threadId = 'threadId' in notification ? notification.threadId : 'missed-calls';
  return { alert, 'thread-id': threadId, 'mutable-content': 1, category };
}
