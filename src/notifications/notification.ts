import { hash } from 'node:crypto';
import type { EventIdentity } from '../events/relay-event.ts';

/** What a user should learn, free of any platform and language. */
export type Notification = CallNotification | ChatNotification;

/** Every kind of notification, as apps read it in the `acs` object. */
export type NotificationKind = Notification['kind'];

interface NotificationBase {
  /** The event it comes from. */
  readonly identity: EventIdentity;
  /** rawId of the user to notify. */
  readonly recipientId: string;
  /** When the event happened, epoch milliseconds. */
  readonly sentAtMs: number;
  /** From this moment on the notification is worthless, epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** What a user should learn about a call. */
export interface CallNotification extends NotificationBase {
  readonly kind: 'incoming-call' | 'missed-call' | 'call-answered' | 'call-ended';
  readonly callId: string;
  readonly serverCallId?: string;
  readonly callerId?: string;
  readonly callerName?: string;
  /** The `cc` claim of the call context, which the native Calling SDK reads as `cp`. Only with `incoming-call`. */
  readonly callPayload?: string;
}

/** What a user should learn about a chat. */
export interface ChatNotification extends NotificationBase {
  readonly kind:
    | 'chat-message'
    | 'chat-message-edited'
    | 'chat-message-deleted'
    | 'chat-added'
    | 'chat-removed'
    | 'chat-updated';
  readonly threadId: string;
  readonly messageId?: string;
  /** With a message, its edit or its deletion: grows with every change of the message. */
  readonly version?: number;
  readonly senderId?: string;
  readonly senderName?: string;
  /** Message text without markup; absent when the message has none or the content policy keeps it in Azure. */
  readonly text?: string;
  readonly topic?: string;
  /** With `chat-added`: the name of the participant who was added, unless that is the recipient. */
  readonly addedName?: string;
  /** With `chat-added`: the recipient is the one who was added. */
  readonly recipientIsAdded?: boolean;
}

/** How long notifications stay worth delivering. */
export interface Lifetimes {
  /** How long a call rings after its event, milliseconds. */
  readonly ringMs: number;
  /** How long chat and missed calls are worth delivering after their event, milliseconds. */
  readonly chatTtlMs: number;
}

const visibleKinds: ReadonlySet<NotificationKind> = new Set([
  'incoming-call',
  'missed-call',
  'chat-message',
  'chat-message-edited',
  'chat-added',
]);

/** True for kinds that the user sees or hears; the others reach only the app. */
export function isVisible(kind: NotificationKind): boolean {
  return visibleKinds.has(kind);
}

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
