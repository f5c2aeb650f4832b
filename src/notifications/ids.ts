import { hash } from 'node:crypto';
import type { EventIdentity } from '../events/relay-event.ts';
import type { Notification } from './notification.ts';

const headerSafe = /^[A-Za-z0-9:._@-]{1,64}$/;

// A UUID made for this project: the name space of push ids.
const nameSpace = Buffer.from('6f0d3c1ab7e54e0b9a4c52d8e1f7a360', 'hex');

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

/**
 * The id of one push: a UUID v5 (RFC 9562) of the event's identity, the kind and the device. The same on every try and
 * after every redelivery, so that whoever sees a push twice can tell.
 */
export function pushId(identity: EventIdentity, kind: string, recipientId: string, deviceId: string): string {
  const name = JSON.stringify([identity.source, identity.id, identity.type, kind, recipientId, deviceId]);
  const hex = hash('sha1', Buffer.concat([nameSpace, Buffer.from(name)]), 'hex');
  const variant = (Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
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
