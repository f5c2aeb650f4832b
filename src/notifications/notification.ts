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
