import { hash } from 'node:crypto';
import type { Notification } from '../notification.ts';

const headerSafe = /^[A-Za-z0-9:._@-]{1,64}$/;

/**
 * What makes a later push replace an earlier one on the screen: the call id for everything about a call, the message's
 * id for a message, its edits and its deletion, the thread for what concerns a whole chat. A message id is the
 * millisecond it was written at, so that two threads can have the same one: a mark of the thread follows it.
 *
 * @returns at most 64 bytes of visible ASCII, as APNs wants for `apns-collapse-id`; a hash where the ids have more
 */
export function collapseId(notification: Notification): string {
  const id = idFor(notification);
  return headerSafe.test(id) ? id : sha256(id).slice(0, 43);
}

function idFor(notification: Notification): string {
  if ('callId' in notification) return notification.callId;
  const { messageId, threadId, kind } = notification;
  return messageId === undefined
    ? `${kind}:${sha256(threadId).slice(0, 16)}`
    : `${messageId}.${sha256(threadId).slice(0, 16)}`;
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
