import type { NotificationKind } from './notification.ts';

const visibleKinds: ReadonlySet<NotificationKind> = new Set([
  'incoming-call',
  'missed-call',
  'chat-message',
  'chat-message-edited',
  'chat-added',
]);

/** True for kinds that a user sees or hears; the others reach only the app. */
export function isVisible(kind: NotificationKind): boolean {
  return visibleKinds.has(kind);
}
