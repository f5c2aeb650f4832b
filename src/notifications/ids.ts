import { hash } from 'node:crypto';
import type { EventIdentity } from '../events/relay-event.ts';
import type { Notification } from './notification.ts';

const headerSafe = /^[A-Za-z0-9:._@-]{1,64}$/;

/**
 * The id by which a later push replaces an earlier one on the screen: the call id for everything about a call, the
 * message id for a message, its edits and its deletion, a hash of the thread for everything about a whole chat. A message
 * id is the millisecond when the message was written, so two threads can share one: a hash of the thread follows it.
 *
 * @returns at most 64 bytes of visible ASCII, as APNs requires for `apns-collapse-id`; a hash of ids that do not qualify
 */
export function collapseId(notification: Notification): string {
  const id = readableCollapseId(notification);
  return headerSafe.test(id) ? id : sha256(id).slice(0, 43);
}

function readableCollapseId(notification: Notification): string {
  if ('callId' in notification) return notification.callId;
  const { messageId, threadId, kind } = notification;
  const thread = sha256(threadId).slice(0, 16);
  return messageId === undefined ? `${kind}:${thread}` : `${messageId}.${thread}`;
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

// A random UUID: the namespace of push ids.
const pushIdNamespace = Buffer.from('6f0d3c1ab7e54e0b9a4c52d8e1f7a360', 'hex');

/**
 * The id of one push: a UUID v5 (RFC 9562) of the event's identity, the kind and the device. It is the same on every try
 * and after every redelivery, so that duplicates can be recognized.
 */
export function pushId(identity: EventIdentity, kind: string, recipientId: string, deviceId: string): string {
  const name = JSON.stringify([identity.source, identity.id, identity.type, kind, recipientId, deviceId]);
  const hex = hash('sha1', Buffer.concat([pushIdNamespace, Buffer.from(name)]), 'hex');
  const variant = (Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
