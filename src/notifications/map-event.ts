import type { RelayEvent } from '../events/relay-event.ts';
import { defined } from '../shared/json.ts';
import { mapChatEvent } from './map-chat-event.ts';
import type { Mapping, MappingOptions } from './mapping-options.ts';
import type { CallNotification } from './notification.ts';
import { readCallPayload } from './read-call-payload.ts';

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
