import type { RelayError } from '../errors/errors.ts';

/** What makes two deliveries the same event: source (lower-cased), id and type. Ids alone are reused by Azure. */
export interface EventIdentity {
  readonly source: string;
  readonly id: string;
  readonly type: string;
}

/** Somebody is calling `recipientId`. */
export interface IncomingCallEvent extends EventBase {
  readonly kind: 'incoming-call';
  readonly recipientId: string;
  readonly callId: string;
  readonly serverCallId?: string;
  readonly callerId?: string;
  readonly callerName?: string;
  /** Opaque to the relay but for the `cc` claim; holds secrets, never logged. */
  readonly incomingCallContext?: string;
}

/** What every relay event takes over from its envelope. */
export interface EventBase {
  readonly identity: EventIdentity;
  /** When ACS says it happened, epoch milliseconds. */
  readonly timeMs: number;
}

/** Somebody joined a call. */
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

/** A chat message came, or its text changed. */
export interface ChatMessageEvent extends ChatEventBase {
  readonly kind: 'chat-message' | 'chat-message-edited';
  readonly messageId: string;
  readonly text?: string;
  readonly textFormat: 'plain' | 'html';
}

interface ChatEventBase extends EventBase {
  readonly recipientId: string;
  readonly threadId: string;
  /** Who wrote, added, removed or changed. */
  readonly senderId?: string;
  readonly senderName?: string;
}

/** A chat message was taken back. */
export interface ChatMessageDeletedEvent extends ChatEventBase {
  readonly kind: 'chat-message-deleted';
  readonly messageId: string;
}

/** The recipient, or somebody else in a thread of theirs, was added to a chat. */
export interface ChatAddedEvent extends ChatEventBase {
  readonly kind: 'chat-added';
  readonly topic?: string;
  /** Who was added, when it was somebody other than the recipient. */
  readonly addedName?: string;
  /** True when the recipient is the one who was added. */
  readonly recipientIsAdded: boolean;
}

/** Somebody left a chat of the recipient's, or the chat is gone. */
export interface ChatRemovedEvent extends ChatEventBase {
  readonly kind: 'chat-removed';
}

/** A chat of the recipient's has new properties. */
export interface ChatUpdatedEvent extends ChatEventBase {
  readonly kind: 'chat-updated';
}

/** One validated ACS event that may concern somebody's devices. */
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
 * Why an event tells nobody: `thread-level` (its user-level twins tell each user), `call-progress` (only joining and
 * ending matter to phones that ring), `other-acs` (SMS, Email, Router, recordings, …), `unknown-acs` (a type newer than
 * this relay), `handshake` (Event Grid's own subscription events), `foreign` (not from Azure Communication Services).
 */
export type IgnoredReason =
  | 'thread-level'
  | 'call-progress'
  | 'other-acs'
  | 'unknown-acs'
  | 'handshake'
  | 'foreign';

/** What a delivered JSON value turned out to be. */
export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: RelayEvent }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly identity: EventIdentity }
  | { readonly kind: 'poison'; readonly error: RelayError; readonly identity?: EventIdentity };
