import { defined } from '../events/defined.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { mapChatEvent } from './map-chat-event.ts';
import type { MappingOptions } from './mapping-options.ts';
import type { CallNotification, Notification } from './notification.ts';
import { readCallPayload } from './read-call-payload.ts';

/** Why an event that could tell somebody tells nobody. */
export type SkippedReason = 'own-action';

/** What one event asks for. */
export type Mapping =
  | { readonly end: 'notify'; readonly notification: Notification }
  | { readonly end: 'skipped'; readonly reason: SkippedReason }
  /** Whom to tell depends on earlier events: the devices that were rung for this call. */
  | { readonly end: 'call-progress'; readonly event: CallProgressEvent };

/** An event about a call that may still be ringing somewhere. */
export type CallProgressEvent = Extract<RelayEvent, { kind: 'call-participant-added' | 'call-ended' }>;

/**
 * Turns an event into the notification it asks for. A call rings until its ring deadline, which is the event's time
 * plus `ringMs`; from that moment on it is a missed call.
 *
 * @param nowMs the current time, epoch milliseconds
 */
export function mapEvent(event: RelayEvent, nowMs: number, options: MappingOptions): Mapping {
  switch (event.kind) {
    case 'incoming-call':
      return { end: 'notify', notification: mapIncomingCall(event, nowMs, options) };
    case 'call-participant-added':
    case 'call-ended':
      return { end: 'call-progress', event };
    default:
      return mapChatEvent(event, options);
  }
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
    ...defined({ serverCallId, callerId, callerName }),
  };
  const ringDeadlineMs = timeMs + options.ringMs;
  if (nowMs >= ringDeadlineMs) {
    return { ...common, kind: 'missed-call', expiresAtMs: timeMs + options.chatTtlMs };
  }
  const callPayload = readCallPayload(event.incomingCallContext);
  return { ...common, kind: 'incoming-call', expiresAtMs: ringDeadlineMs, ...defined({ callPayload }) };
}
