import type { NotificationKind } from '../notification.ts';

/**
 * The FCM collapse key of a kind, where it has one. FCM keeps four keys per device and drops everything once 100 messages
 * without a key wait for a device that is off: so chat shares constant keys, and nothing about a call has one, because a
 * ring must never be replaced or crowded out (Firebase, "Non-collapsible and collapsible messages").
 */
export function collapseKey(kind: NotificationKind): { readonly collapse_key?: string } {
  switch (kind) {
    case 'chat-message':
    case 'chat-message-edited':
    case 'chat-added':
      return { collapse_key: 'acs-chat' };
    case 'chat-message-deleted':
      return { collapse_key: 'acs-chat-deleted' };
    case 'chat-removed':
    case 'chat-updated':
      return { collapse_key: 'acs-chat-sync' };
    default:
      return {};
  }
}
