import type { NotificationKind } from '../../notifications/notification.ts';

/** Every kind that can be sent, and what the app does when it comes. The compiler keeps it complete. */
export const notificationKinds: Readonly<Record<NotificationKind, string>> = {
  'incoming-call': 'rings, until RING_SECONDS are over',
  'missed-call': 'shows a missed call',
  'call-answered': 'silent: stops the ring, answered elsewhere',
  'call-ended': 'silent: stops the ring, the call is over',
  'chat-message': 'shows a message',
  'chat-message-edited': 'shows the message in place of the one before',
  'chat-message-deleted': 'silent: takes the message away',
  'chat-added': 'shows that the user was added to a chat',
  'chat-removed': 'silent: somebody left a chat, or it is gone',
  'chat-updated': 'silent: a chat has a new topic',
};
