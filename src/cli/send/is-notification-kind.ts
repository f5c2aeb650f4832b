import type { NotificationKind } from '../../notifications/notification.ts';
import { notificationKinds } from './notification-kinds.ts';

/** Whether a text is the name of a kind. */
export function isNotificationKind(text: string): text is NotificationKind {
  return Object.hasOwn(notificationKinds, text);
}
