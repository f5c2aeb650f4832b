import type { RelayError } from '../errors/errors.ts';

/**
 * What makes two deliveries the same event: source (lower-cased), id and type. An id alone is not enough, because Azure
 * reuses ids.
 */
export interface EventIdentity {
  readonly source: string;
  readonly id: string;
  readonly type: string;
}

/** What every relay event takes over from its envelope. */
export interface EventBase {
  readonly identity: EventIdentity;
  /** When the event happened according to ACS, epoch milliseconds. */
  readonly timeMs: number;
}

/** A call for `recipientId` has started to ring. */
export interface IncomingCallEvent extends EventBase {
  readonly kind: 'incoming-call';
  readonly recipientId: string;
  readonly callId: string;
  readonly serverCallId?: string;
  readonly callerId?: string;
  readonly callerName?: string;
  /** Opaque to the relay except for the `cc` claim; holds secrets, never logged. */
  readonly incomingCallContext?: string;
}

/** A user joined a call. */
export interface CallParticipantAddedEvent extends EventBase {
  readonly kind: 'call-participant-added';
  readonly callId: string;
  readonly serverCallId?: string;
  readonly participantId?: string;
}

/** A call is over. */
export interface CallEndedEvent extends EventBase {
  readonly kind: 'call-ended';
  readonly callId: string;
  readonly serverCallId?: string;
}

interface ChatEventBase extends EventBase {
  readonly recipientId: string;
  readonly threadId: string;
  /** Who wrote, added, removed or changed. */
  readonly senderId?: string;
  readonly senderName?: string;
}

/** A chat message arrived, or its text changed. */
export interface ChatMessageEvent extends ChatEventBase {
  readonly kind: 'chat-message' | 'chat-message-edited';
  readonly messageId: string;
  /** Grows with every change of the message; ACS takes epoch milliseconds. Absent where the event has none. */
  readonly version?: number;
  readonly text?: string;
  readonly textFormat: 'plain' | 'html';
}

/** A chat message was deleted. */
export interface ChatMessageDeletedEvent extends ChatEventBase {
  readonly kind: 'chat-message-deleted';
  readonly messageId: string;
  /** Grows with every change of the message; ACS takes epoch milliseconds. Absent where the event has none. */
  readonly version?: number;
}

/** The recipient was added to a chat, or another user was added to one of the recipient's chats. */
export interface ChatAddedEvent extends ChatEventBase {
  readonly kind: 'chat-added';
  readonly topic?: string;
  /** The name of the user who was added, unless that is the recipient. */
  readonly addedName?: string;
  /** True when the recipient is the one who was added. */
  readonly recipientIsAdded: boolean;
}

/** A user was removed from one of the recipient's chats, or the chat was deleted. */
export interface ChatRemovedEvent extends ChatEventBase {
  readonly kind: 'chat-removed';
}

/** The properties of one of the recipient's chats changed. */
export interface ChatUpdatedEvent extends ChatEventBase {
  readonly kind: 'chat-updated';
}

/** One validated ACS event that may concern a user's devices. */
export type RelayEvent =
  | IncomingCallEvent
  | CallParticipantAddedEvent
  | CallEndedEvent
  | ChatMessageEvent
  | ChatMessageDeletedEvent
  | ChatAddedEvent
  | ChatRemovedEvent
  | ChatUpdatedEvent;

/**
 * Why an event is ignored: `thread-level` (its user-level twins notify each user), `call-progress` (ringing phones only
 * need to know who joins and when the call ends), `other-acs` (SMS, Email, Router, recordings, …), `unknown-acs` (a type
 * newer than this relay), `handshake` (Event Grid's own subscription events), `foreign` (not from Azure Communication
 * Services).
 */
export type IgnoredReason =
  | 'thread-level'
  | 'call-progress'
  | 'other-acs'
  | 'unknown-acs'
  | 'handshake'
  | 'foreign';

/** The result of parsing one delivered JSON value. */
export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: RelayEvent }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly identity: EventIdentity }
  | { readonly kind: 'poison'; readonly error: RelayError; readonly identity?: EventIdentity };
