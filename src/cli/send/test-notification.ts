import type { RelayEvent } from '../../events/relay-event.ts';
import { buildPush } from '../../notifications/build-push.ts';
import { missedCall, stopRinging } from '../../notifications/end-of-ring.ts';
import { type MappingOptions, mapChatEvent } from '../../notifications/map-event.ts';
import type { CallNotification, Notification, NotificationKind } from '../../notifications/notification.ts';
import type { HubTarget } from '../../notifications/push.ts';
import type { HubClients, RelayDeps } from '../../relay/attempt.ts';
import { priorityOf, type SentPush, sendPush } from '../../relay/send-push.ts';
import { inputUnusable } from '../io.ts';
import type { TestDevice } from './devices.ts';

/** The content of a test notification. */
export interface TestFacts {
  readonly kind: NotificationKind;
  readonly recipientId: string;
  /** A UUID: the call id of the test, and the base of its thread id and message id. */
  readonly testId: string;
  /** Another UUID, new for every send: the event id. */
  readonly eventId: string;
  readonly nowMs: number;
  /** Name of the caller or sender; empty for none. */
  readonly name: string;
  readonly text: string;
}

/** The result of the push to one device. */
export interface SentTest extends SentPush {
  readonly device: TestDevice;
  readonly target: HubTarget;
  /** The handle in the request: the PushKit token, or the other one. */
  readonly handle: string;
}

/** The caller and sender of every test. ACS never creates such an id. */
const testerId = '8:acs:acs-relay-test';

/**
 * The notification for an event of this moment, by the relay's own mapping: deadlines and content follow the settings. Its
 * ids are derived from the test id, so it collapses only with notifications of the same test.
 *
 * @throws RelayError `INPUT_UNUSABLE` when the recipient is the tester
 */
export function testNotification(facts: TestFacts, options: MappingOptions): Notification {
  const { kind, recipientId, testId, nowMs, name } = facts;
  const identity = { source: 'acs-relay', id: facts.eventId, type: 'acs-relay.send' };
  const ring: CallNotification = {
    kind: 'incoming-call',
    identity,
    recipientId,
    sentAtMs: nowMs,
    expiresAtMs: nowMs + options.ringMs,
    callId: testId,
    callerId: testerId,
    ...(name === '' ? {} : { callerName: name }),
  };
  switch (kind) {
    case 'incoming-call':
      return ring;
    case 'missed-call':
      return missedCall(ring, options);
    case 'call-answered':
    case 'call-ended': {
      const why = kind === 'call-answered' ? 'answered' : 'ended';
      const [stop = ring] = stopRinging(why, ring, { identity, timeMs: nowMs }, options);
      return stop;
    }
    default: {
      const mapping = mapChatEvent(chatEvent(kind, facts, identity), nowMs, options);
      if (mapping.kind === 'notify') return mapping.notification;
      throw inputUnusable(
        `Users are not notified of their own actions, and ${testerId} is the sender of every test.`,
      );
    }
  }
}

/** The parts of the pipeline that sending needs. */
type SendContext = Pick<
  RelayDeps,
  'clock' | 'sleep' | 'startTimer' | 'random' | 'defaultLocale' | 'alertHub' | 'voipHub'
> & {
  /** Deadline of the last try, epoch milliseconds. */
  readonly budgetEndsMs: number;
};

/** Sends a notification to one device as the pipeline does, with its choice of hub, retries and secondary hub. */
export async function sendTest(
  context: SendContext,
  notification: Notification,
  device: TestDevice,
): Promise<SentTest> {
  const { alertHub, voipHub, defaultLocale, budgetEndsMs } = context;
  const buildAt = (nowMs: number) =>
    buildPush(notification, device, { nowMs, voipHub: voipHub !== undefined, defaultLocale });
  const { target } = buildAt(context.clock());
  const isVoip = target === 'voip';
  const hubs: HubClients = isVoip ? (voipHub ?? alertHub) : alertHub;
  const handle = isVoip ? (device.voipHandle ?? device.handle) : device.handle;
  const { kind, expiresAtMs } = notification;
  const push = { expiresAtMs, buildAt, priority: priorityOf(kind) };
  const sent = await sendPush(context, hubs, push, handle, budgetEndsMs);
  return { device, target, handle, ...sent };
}

type ChatEvent = Extract<RelayEvent, { threadId: string }>;

function chatEvent(kind: ChatEvent['kind'], facts: TestFacts, identity: ChatEvent['identity']): ChatEvent {
  const { recipientId, testId, nowMs, name, text } = facts;
  const chat = {
    identity,
    timeMs: nowMs,
    recipientId,
    threadId: `19:acs-relay-test-${testId}@thread.v2`,
    senderId: testerId,
    ...(name === '' ? {} : { senderName: name }),
  };
  // Digits only, like those of ACS.
  const messageId = String(Number.parseInt(testId.replaceAll('-', '').slice(0, 12), 16));
  switch (kind) {
    case 'chat-message':
    case 'chat-message-edited':
      return { ...chat, kind, messageId, text, textFormat: 'plain' };
    case 'chat-message-deleted':
      return { ...chat, kind, messageId };
    case 'chat-added':
      return { ...chat, kind, recipientIsAdded: true };
    case 'chat-removed':
    case 'chat-updated':
      return { ...chat, kind };
  }
}
