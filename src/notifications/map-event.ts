import * as z from 'zod/mini';
import type { ChatContent } from '../config/relay-config.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { omitUndefined } from '../shared/json.ts';
import { boundedText } from '../shared/schema.ts';
import type { CallNotification, Notification } from './notification.ts';
import { plainText } from './plain-text.ts';

/** What decides, beside the event, what a user is told and until when. */
export interface MappingOptions {
  /** How long a call rings after its event, milliseconds. */
  readonly ringMs: number;
  /** How long chat and missed calls are worth delivering after their event, milliseconds. */
  readonly chatTtlMs: number;
  readonly chatContent: ChatContent;
}

/** An event about a call that may still be ringing somewhere. */
export type CallProgressEvent = Extract<RelayEvent, { kind: 'call-participant-added' | 'call-ended' }>;

const contextClaims = z.object({ cc: boundedText(1, 65_536) });

/**
 * Takes the `cc` claim out of an `incomingCallContext`, which is JWT-like: base64url JSON in its second segment. No other
 * part of the context, least of all `shrToken`, is handed on.
 *
 * @returns the claim, or undefined when the context is absent or cannot be read: that costs only `cp`, never the ring
 */
export function readCallPayload(context: string | undefined): string | undefined {
  const segment = context?.split('.', 2)[1];
  if (segment === undefined || segment === '') return undefined;
  try {
    const claims = contextClaims.safeParse(JSON.parse(Buffer.from(segment, 'base64url').toString('utf8')));
    return claims.success ? claims.data.cc : undefined;
  } catch {
    return undefined;
  }
}

/** Why an event becomes no notification: the recipient did it. The relay has more reasons to skip one. */
export type UnmappedReason = 'own-action';

/** What one event asks for. */
type Mapping =
  | { readonly kind: 'notify'; readonly notification: Notification }
  | { readonly kind: 'skipped'; readonly reason: UnmappedReason }
  /** Whom to tell depends on earlier events: the devices that were rung for this call. */
  | { readonly kind: 'call-progress'; readonly event: CallProgressEvent };

/**
 * Turns an event into the notification it asks for. A call rings until its ring deadline, which is the event's time
 * plus `ringMs`; from that moment on it is a missed call.
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
      return mapChatEvent(event, options);
  }
}

type ChatEvent = Exclude<RelayEvent, { kind: 'incoming-call' | 'call-participant-added' | 'call-ended' }>;

/**
 * Turns a chat event into a notification, holding back what the content policy keeps in Azure: with `sender` the message
 * text and the topic, with `none` every name too. Nobody is told of what they did themselves.
 */
export function mapChatEvent(event: ChatEvent, options: MappingOptions): Mapping {
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
      expiresAtMs: event.timeMs + options.chatTtlMs,
      threadId: event.threadId,
      ...omitUndefined({
        messageId: 'messageId' in event ? event.messageId : undefined,
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

function mapIncomingCall(
  event: Extract<RelayEvent, { kind: 'incoming-call' }>,
  nowMs: number,
  options: MappingOptions,
): CallNotification {
  const { identity, recipientId, timeMs, callId, serverCallId, callerId, callerName } = event;
  const common = {
    identity,
    recipientId,
    sentAtMs: timeMs,
    callId,
    ...omitUndefined({ serverCallId, callerId, callerName }),
  };
  const ringDeadlineMs = timeMs + options.ringMs;
  if (nowMs >= ringDeadlineMs) {
    return { ...common, kind: 'missed-call', expiresAtMs: timeMs + options.chatTtlMs };
  }
  const callPayload = readCallPayload(event.incomingCallContext);
  return { ...common, kind: 'incoming-call', expiresAtMs: ringDeadlineMs, ...omitUndefined({ callPayload }) };
}

function messageText(event: ChatEvent): string | undefined {
  if (event.kind !== 'chat-message' && event.kind !== 'chat-message-edited') return undefined;
  const text = event.textFormat === 'html' ? plainText(event.text ?? '') : (event.text ?? '');
  return text.trim() === '' ? undefined : text;
}
