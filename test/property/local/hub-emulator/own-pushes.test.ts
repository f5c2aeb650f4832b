import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerHubRequest, type HubState } from '../../../../src/local/hub-emulator/answer-hub-request.ts';
import type { ReceivedPush } from '../../../../src/local/hub-emulator/hub-record.ts';
import { createPhones } from '../../../../src/local/hub-emulator/phones/phones.ts';
import { buildDirectSendRequest } from '../../../../src/notification-hubs/request.ts';
import { buildPush } from '../../../../src/notifications/build-push.ts';
import type {
  CallNotification,
  ChatNotification,
  Notification,
} from '../../../../src/notifications/notification.ts';
import type { PushTarget } from '../../../../src/notifications/push.ts';
import { message, ring, sentAtMs } from '../../../support/notifications.ts';
import { sasToken } from '../../../support/sas-token.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3000 }),
);
const name = text.filter((value) => value.trim() !== '');
const id = fc.oneof(fc.uuid(), fc.string({ unit: 'binary', minLength: 1, maxLength: 150 }));
const expiresAtMs = fc.integer({ min: 1000, max: 86_400_000 }).map((lifeMs) => sentAtMs + lifeMs);

const call: fc.Arbitrary<CallNotification> = fc
  .record({
    kind: fc.constantFrom<CallNotification['kind']>(
      'incoming-call',
      'missed-call',
      'call-answered',
      'call-ended',
    ),
    callId: id,
    callerName: name,
    expiresAtMs,
  })
  .map((some) => ({ ...ring, ...some }));
const chat: fc.Arbitrary<ChatNotification> = fc
  .record({
    kind: fc.constantFrom<ChatNotification['kind']>(
      'chat-message',
      'chat-message-edited',
      'chat-message-deleted',
      'chat-added',
      'chat-removed',
      'chat-updated',
    ),
    threadId: id,
    messageId: id,
    senderName: name,
    text,
    expiresAtMs,
  })
  .map((some) => ({ ...message, ...some }));
const notification: fc.Arbitrary<Notification> = fc.oneof(call, chat);

const target: fc.Arbitrary<PushTarget> = fc.record(
  {
    recipientId: fc.constant(ring.recipientId),
    deviceId: fc.string({ minLength: 1, maxLength: 64 }),
    platform: fc.constantFrom('apns', 'fcmv1'),
    voipHandle: fc.constant('0c'),
    locale: fc.constantFrom('sv-SE', 'zh-Hans-CN', 'nl', 'xx'),
  },
  { requiredKeys: ['recipientId', 'deviceId', 'platform'] },
);

const nowMs = sentAtMs + 500;
const authorization = sasToken('http://hub.test/', 'k', 'Sender', Math.floor(nowMs / 1000) + 60);

/** Sends a notification to a strict hub as the relay does, and gives the push as the hub took it. */
function send(
  notification: Notification,
  device: PushTarget,
  state: Pick<HubState, 'phoneOf'>,
): ReceivedPush {
  const push = buildPush(notification, device, { nowMs, voipHub: true, defaultLocale: 'en' });
  const hub = push.target === 'voip' ? 'relay-voip' : 'relay';
  const handle = push.platform === 'fcmv1' ? 'fid_1:APA91b-x_y' : push.target === 'voip' ? '0c' : '0a';
  const { path, headers, body } = buildDirectSendRequest(hub, push, handle);
  const result = answerHubRequest(
    {
      hubs: ['relay', 'relay-voip'],
      keys: { Sender: { key: 'k', rights: ['Send'] } },
      strict: true,
      ...state,
    },
    { method: 'POST', url: `http://hub.test${path}`, headers: { ...headers, authorization }, body },
    nowMs,
  );
  if (result.kind === 'refused') throw new Error(`refused: ${result.request.detail}`);
  return result.push;
}

describe('a push of the relay', () => {
  it('has no finding for any notification and device', () => {
    fc.assert(
      fc.property(notification, target, (some, device) => {
        expect(send(some, device, { phoneOf: () => undefined }).findings).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps an offline phone within four collapse keys and 100 messages for any pushes', () => {
    fc.assert(
      fc.property(fc.array(notification, { minLength: 1, maxLength: 40 }), fc.boolean(), (many, online) => {
        const phones = createPhones(() => nowMs);
        const device: PushTarget = { recipientId: ring.recipientId, deviceId: 'phone', platform: 'fcmv1' };
        phones.setOnline('fid_1:APA91b-x_y', online);
        for (const some of many) {
          const push = send(some, device, { phoneOf: phones.get });
          expect(push.findings).toEqual([]);
          phones.receive(push);
        }
        const why = phones.list().flatMap(({ dropped }) => dropped.map((drop) => drop.why));
        expect(why.filter((reason) => reason !== 'replaced' && reason !== 'not-stored')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
