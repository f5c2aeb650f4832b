import { describe, expect, it } from 'vitest';
import { buildPush } from '../../../src/notifications/build-push.ts';
import type { Notification } from '../../../src/notifications/notification.ts';
import type { PushTarget } from '../../../src/notifications/push.ts';
import { ada, ben } from '../../support/events.ts';
import { android, iPhone, message, options, ring, sentAtMs } from '../../support/notifications.ts';

function build(notification: Notification, target: PushTarget, over: Partial<typeof options> = {}) {
  const { body, ...push } = buildPush(notification, target, { ...options, ...over });
  return { ...push, body: JSON.parse(body) };
}

const ringContract = {
  v: 1,
  kind: 'incoming-call',
  id: 'event-1',
  recipientId: ada,
  sentAt: '2026-11-22T09:00:00.123Z',
  expiresAt: '2026-11-22T09:00:30.123Z',
  callId: 'call-1',
  serverCallId: 'c2VydmVy',
  callerId: ben,
  callerName: 'Ben',
};
const sdkData = {
  cp: 'H4sIcp',
  callId: 'call-1',
  recipientId: ada,
  callerId: ben,
  displayName: 'Ben',
  videoCall: 'false',
};
const chatContract = {
  v: 1,
  kind: 'chat-message',
  id: 'event-1',
  recipientId: ada,
  sentAt: '2026-11-22T09:00:00.123Z',
  expiresAt: '2026-11-23T09:00:00.123Z',
  threadId: '19:t@thread.v2',
  messageId: '1795338000000',
  senderId: ben,
  senderName: 'Ben',
};

describe('buildPush for APNs', () => {
  it('rings through the VoIP hub', () => {
    expect(build(ring, iPhone)).toEqual({
      platform: 'apns',
      target: 'voip',
      headers: {
        'apns-push-type': 'voip',
        'apns-priority': '10',
        'apns-expiration': '1795338030',
        'apns-collapse-id': 'call-1',
        'apns-id': '4e4c591c-b2f7-5214-9167-4ca9408aed89',
      },
      body: { aps: {}, acs: ringContract, data: { eventId: 107, ...sdkData } },
    });
  });

  const alertRing = {
    alert: { title: 'Ben', body: 'Incoming call' },
    sound: 'default',
    'interruption-level': 'time-sensitive',
    category: 'ACS_INCOMING_CALL',
  };

  it('rings as an alert without a VoIP hub', () => {
    const push = build(ring, iPhone, { voipHub: false });
    expect(push.target).toBe('alert');
    expect(push.headers['apns-push-type']).toBe('alert');
    expect(push.headers['apns-priority']).toBe('10');
    expect(push.body.aps).toEqual(alertRing);
    expect(push.body.data).toEqual({ eventId: 107, ...sdkData });
  });

  it('rings as an alert without a VoIP handle', () => {
    const { voipHandle: _, ...target } = iPhone;
    expect(build(ring, target)).toMatchObject({ target: 'alert', body: { aps: alertRing } });
  });

  it('shows an unknown caller, and sends an empty name to the Calling SDK', () => {
    const { callerName: _, callerId: __, callPayload: ___, serverCallId: ____, ...anonymous } = ring;
    const { body } = build(anonymous, iPhone, { voipHub: false });
    expect(body.aps.alert).toEqual({ title: 'Unknown caller', body: 'Incoming call' });
    expect(body.data).toEqual({
      eventId: 107,
      callId: 'call-1',
      recipientId: ada,
      displayName: '',
      videoCall: 'false',
    });
    const { serverCallId, callerId, callerName, ...contract } = ringContract;
    expect([serverCallId, callerId, callerName]).toEqual(['c2VydmVy', ben, 'Ben']);
    expect(body.acs).toEqual(contract);
  });

  it('shows a missed call', () => {
    const missed = { ...ring, kind: 'missed-call', expiresAtMs: sentAtMs + 86_400_000 } as const;
    const push = build(missed, iPhone);
    expect(push.target).toBe('alert');
    expect(push.headers).toMatchObject({ 'apns-push-type': 'alert', 'apns-collapse-id': 'call-1' });
    expect(push.body).toEqual({
      aps: {
        alert: { title: 'Ben', body: 'Missed call' },
        'thread-id': 'missed-calls',
        'mutable-content': 1,
        category: 'ACS_MISSED_CALL',
      },
      acs: { ...ringContract, kind: 'missed-call', expiresAt: '2026-11-23T09:00:00.123Z' },
    });
  });

  it.each(['call-answered', 'call-ended'] as const)(
    'stops ringing with %s in the background, never as VoIP',
    (kind) => {
      const { callPayload: _, ...call } = ring;
      expect(build({ ...call, kind }, iPhone)).toMatchObject({
        target: 'alert',
        headers: { 'apns-push-type': 'background', 'apns-priority': '5', 'apns-collapse-id': 'call-1' },
        body: { aps: { 'content-available': 1 }, acs: { ...ringContract, kind } },
      });
    },
  );

  it('shows a chat message', () => {
    expect(build(message, { ...iPhone, locale: 'fr' })).toEqual({
      platform: 'apns',
      target: 'alert',
      headers: {
        'apns-push-type': 'alert',
        'apns-priority': '10',
        'apns-expiration': '1795424400',
        'apns-collapse-id': '1795338000000.KRT24JSS8dNiGfwY',
        'apns-id': 'c12d88d6-db8e-5d52-8e1b-5dbd6f9133a2',
      },
      body: {
        aps: {
          alert: { title: 'Ben', body: 'How is the knee?' },
          'thread-id': '19:t@thread.v2',
          'mutable-content': 1,
          category: 'ACS_CHAT_MESSAGE',
        },
        acs: chatContract,
      },
    });
  });

  it.each([
    ['chat-message-edited', 'ACS_CHAT_MESSAGE_EDITED'],
    ['chat-added', 'ACS_CHAT_ADDED'],
  ] as const)('shows %s as an alert', (kind, category) => {
    const push = build({ ...message, kind }, iPhone);
    expect(push.headers).toMatchObject({ 'apns-push-type': 'alert', 'apns-priority': '10' });
    expect(push.body.aps).toMatchObject({ category, 'mutable-content': 1, 'thread-id': '19:t@thread.v2' });
    expect(push.body.acs).toEqual({ ...chatContract, kind });
  });

  it.each(['chat-message-deleted', 'chat-removed', 'chat-updated'] as const)('sends %s silently', (kind) => {
    const push = build({ ...message, kind }, iPhone);
    expect(push.headers).toMatchObject({ 'apns-push-type': 'background', 'apns-priority': '5' });
    expect(push.body).toEqual({ aps: { 'content-available': 1 }, acs: { ...chatContract, kind } });
  });

  it('collapses a message with its edit and its deletion', () => {
    const collapse = (kind: 'chat-message' | 'chat-message-edited' | 'chat-message-deleted') =>
      build({ ...message, kind }, iPhone).headers['apns-collapse-id'];
    expect(collapse('chat-message-edited')).toBe(collapse('chat-message'));
    expect(collapse('chat-message-deleted')).toBe(collapse('chat-message'));
  });
});

describe('buildPush for FCM v1', () => {
  function parts(notification: Notification, over: Partial<typeof options> = {}) {
    const push = build(notification, android, over);
    const { data, ...rest } = push.body.message;
    const { acs, ...sdk } = data;
    return { push, rest, acs: JSON.parse(acs), sdk };
  }

  it('rings with a data message of high priority, without a collapse key', () => {
    const { push, rest, acs, sdk } = parts(ring);
    expect(push).toMatchObject({ platform: 'fcmv1', target: 'alert', headers: {} });
    expect(Object.keys(push.body)).toEqual(['message']);
    expect(rest).toEqual({ android: { priority: 'high', ttl: '29s' } });
    expect(acs).toEqual(ringContract);
    expect(sdk).toEqual({ eventId: '107', ...sdkData });
  });

  it.each([
    [0, '30s'],
    [29_001, '0s'],
    [31_000, '0s'],
  ])('gives a ring that is %i ms old a ttl of %s', (afterMs, ttl) => {
    expect(parts(ring, { nowMs: sentAtMs + afterMs }).rest.android.ttl).toBe(ttl);
  });

  it('shows a chat message in the language of the device', () => {
    const { text: _, senderName: __, ...anonymous } = message;
    const { rest, acs, sdk } = parts(anonymous);
    expect(rest).toEqual({
      notification: { title: 'Nytt meddelande', body: 'Öppna appen för att läsa det.' },
      android: {
        priority: 'high',
        ttl: '86399s',
        collapse_key: 'acs-chat',
        notification: { tag: '1795338000000.KRT24JSS8dNiGfwY' },
      },
    });
    const { senderName, ...contract } = chatContract;
    expect(senderName).toBe('Ben');
    expect(acs).toEqual(contract);
    expect(sdk).toEqual({});
  });

  it('shows a missed call with the tag of its call', () => {
    const { rest, sdk } = parts({ ...ring, kind: 'missed-call', expiresAtMs: sentAtMs + 86_400_000 });
    expect(rest).toEqual({
      notification: { title: 'Ben', body: 'Missat samtal' },
      android: { priority: 'high', ttl: '86399s', notification: { tag: 'call-1' } },
    });
    expect(sdk).toEqual({});
  });

  it.each([
    ['call-answered', { priority: 'normal', ttl: '29s' }],
    ['call-ended', { priority: 'normal', ttl: '29s' }],
  ] as const)('stops ringing with %s', (kind, config) => {
    expect(parts({ ...ring, kind }).rest).toEqual({ android: config });
  });

  it.each([
    ['chat-message-edited', 'high', 'acs-chat'],
    ['chat-added', 'high', 'acs-chat'],
    ['chat-message-deleted', 'normal', 'acs-chat-deleted'],
    ['chat-removed', 'normal', 'acs-chat-sync'],
    ['chat-updated', 'normal', 'acs-chat-sync'],
  ] as const)('sends %s with priority %s and collapse key %s', (kind, priority, collapseKey) => {
    expect(parts({ ...message, kind }).rest.android).toMatchObject({ priority, collapse_key: collapseKey });
  });

  it('uses three collapse keys for chat and none for calls', () => {
    const kinds = [
      'chat-message',
      'chat-message-edited',
      'chat-message-deleted',
      'chat-added',
      'chat-removed',
      'chat-updated',
    ] as const;
    const chatKeys = kinds.map((kind) => parts({ ...message, kind }).rest.android.collapse_key);
    const callKinds = ['incoming-call', 'missed-call', 'call-answered', 'call-ended'] as const;
    const callKeys = callKinds.map((kind) => parts({ ...ring, kind }).rest.android.collapse_key);
    expect(new Set(chatKeys).size).toBe(3);
    expect(callKeys).toEqual([undefined, undefined, undefined, undefined]);
  });
});
