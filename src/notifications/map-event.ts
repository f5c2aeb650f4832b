import * as z from 'zod/mini';
import type { ChatContent } from '../config/relay-config.ts';
import type {
  CallEndedEvent,
  CallParticipantAddedEvent,
  IncomingCallEvent,
  RelayEvent,
} from '../events/relay-event.ts';
import { omitUndefined, parseJson } from '../shared/json.ts';
import { boundedText } from '../shared/schema.ts';
import { missedCall } from './end-of-ring.ts';
import type { CallNotification, Lifetimes, Notification } from './notification.ts';
import { plainText } from './plain-text.ts';

/** The settings that shape a notification. */
export interface MappingOptions extends Lifetimes {
  /** How much of a chat may leave Azure. */
  readonly chatContent: ChatContent;
}

/** An event about a call that may still be ringing. */
export type CallProgressEvent = CallParticipantAddedEvent | CallEndedEvent;

/** Why an event becomes no notification: the recipient did it. The relay has more reasons to skip one. */
export type UnmappedReason = 'own-action';

/** Whom an event notifies of what; or why nobody. For `call-progress` only the relay's memory of the call can tell. */
export type Mapping =
  | { readonly kind: 'notify'; readonly notification: Notification }
  | { readonly kind: 'skipped'; readonly reason: UnmappedReason }
  /** The recipients depend on earlier events: they are the devices that rang for this call. */
  | { readonly kind: 'call-progress'; readonly event: CallProgressEvent };

/**
 * Turns an event into the notification it asks for.
 *
 * @param nowMs the current time, epoch milliseconds
 */
export function mapEvent(event: RelayEvent, nowMs: number, options: MappingOptions): Mapping {
  switch (event.kind) {
    case 'incoming-call':
      return { kind: 'notify', notification: mapIncomingCall(event, nowMs, options) };
    case 'call-participant-added':
    case 'call-ended':
      return { kind: 'call-progress', event };
    default:
      return mapChatEvent(event, nowMs, options);
  }
}

/**
 * A call rings until its ring deadline; from then on it is a missed call. The deadline is the event's time plus `ringMs`,
 * and counts from now where the event is dated in the future.
 */
function mapIncomingCall(event: IncomingCallEvent, nowMs: number, options: MappingOptions): CallNotification {
  const { identity, recipientId, timeMs, callId, serverCallId, callerId, callerName } = event;
  const callPayload = readCallPayload(event.incomingCallContext);
  const ring: CallNotification = {
    kind: 'incoming-call',
    identity,
    recipientId,
    sentAtMs: timeMs,
    expiresAtMs: Math.min(timeMs, nowMs) + options.ringMs,
    callId,
    ...omitUndefined({ serverCallId, callerId, callerName, callPayload }),
  };
  return nowMs < ring.expiresAtMs ? ring : missedCall(ring, options);
}

const contextClaims = z.object({ cc: boundedText(1, 65_536) });

/**
 * Takes the `cc` claim out of an `incomingCallContext`, which is JWT-like: base64url JSON in its second segment. No other
 * part of the context, least of all `shrToken`, is handed on.
 *
 * @returns the claim, or undefined when the context is absent or unreadable: that costs only `cp`, never the ring
 */
export function readCallPayload(context: string | undefined): string | undefined {
  const [, segment = ''] = context?.split('.', 2) ?? [];
  const claims = contextClaims.safeParse(parseJson(Buffer.from(segment, 'base64url').toString('utf8')));
  return claims.success ? claims.data.cc : undefined;
}

type ChatEvent = Exclude<RelayEvent, IncomingCallEvent | CallProgressEvent>;

/**
 * Turns a chat event into a notification without what the content policy keeps in Azure: with `sender` the message text
 * and the topic, with `none` every name too. Users are not notified of their own actions.
 */
export function mapChatEvent(event: ChatEvent, nowMs: number, options: MappingOptions): Mapping {
  // Removals and changes are silent, and the user's other devices need them.
  const isNews = event.kind !== 'chat-removed' && event.kind !== 'chat-updated';
  if (isNews && event.senderId === event.recipientId) return { kind: 'skipped', reason: 'own-action' };
  const showNames = options.chatContent !== 'none';
  const showText = options.chatContent === 'full';
  return {
    kind: 'notify',
    notification: {
      kind: event.kind,
      identity: event.identity,
      recipientId: event.recipientId,
      sentAtMs: event.timeMs,
      expiresAtMs: Math.min(event.timeMs, nowMs) + options.chatTtlMs,
      threadId: event.threadId,
      ...omitUndefined({
        messageId: 'messageId' in event ? event.messageId : undefined,
        version: 'messageId' in event ? (event.version ?? event.timeMs) : undefined,
        senderId: event.senderId,
        senderName: showNames ? event.senderName : undefined,
        text: showText ? messageText(event) : undefined,
        topic: showText && 'topic' in event ? event.topic : undefined,
        addedName: showNames && 'addedName' in event ? event.addedName : undefined,
        recipientIsAdded: 'recipientIsAdded' in event ? event.recipientIsAdded : undefined,
      }),
    },
  };
}

function messageText(event: ChatEvent): string | undefined {
  if (event.kind !== 'chat-message' && event.kind !== 'chat-message-edited') return undefined;
  const text = event.textFormat === 'html' ? plainText(event.text ?? '') : (event.text ?? '');
  return text.trim() === '' ? undefined : text;
}
