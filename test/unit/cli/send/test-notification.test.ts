import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../../../src/cli/send/send-command.ts';
import { type TestFacts, testNotification } from '../../../../src/cli/send/test-notification.ts';

const facts: Omit<TestFacts, 'kind'> = {
  recipientId: '8:acs:clinic_ada',
  testId: '0000000a-1111-4222-8333-444444444444',
  eventId: '55555555-6666-4777-8888-999999999999',
  nowMs: Date.parse('2026-11-22T09:00:00.000Z'),
  name: 'Ben Okafor',
  text: 'Your results are in',
};
const mapping = { ringMs: 30_000, chatTtlMs: 3_600_000, chatContent: 'full' } as const;
const inThirtySeconds = Date.parse('2026-11-22T09:00:30.000Z');
const inAnHour = Date.parse('2026-11-22T10:00:00.000Z');

const base = {
  identity: { source: 'acs-relay', id: '55555555-6666-4777-8888-999999999999', type: 'acs-relay.send' },
  recipientId: '8:acs:clinic_ada',
  sentAtMs: Date.parse('2026-11-22T09:00:00.000Z'),
};
const call = {
  ...base,
  callId: '0000000a-1111-4222-8333-444444444444',
  callerId: '8:acs:acs-relay-test',
  callerName: 'Ben Okafor',
};
const chat = {
  ...base,
  expiresAtMs: inAnHour,
  threadId: '19:acs-relay-test-0000000a-1111-4222-8333-444444444444@thread.v2',
  senderId: '8:acs:acs-relay-test',
  senderName: 'Ben Okafor',
};

describe('testNotification', () => {
  it.each([
    [{ ...call, kind: 'incoming-call', expiresAtMs: inThirtySeconds }],
    [{ ...call, kind: 'missed-call', expiresAtMs: inAnHour }],
    [{ ...call, kind: 'call-answered', expiresAtMs: inThirtySeconds }],
    [{ ...call, kind: 'call-ended', expiresAtMs: inThirtySeconds }],
    [
      {
        ...chat,
        kind: 'chat-message',
        messageId: '659729',
        version: 1_795_338_000_000,
        text: 'Your results are in',
      },
    ],
    [
      {
        ...chat,
        kind: 'chat-message-edited',
        messageId: '659729',
        version: 1_795_338_000_000,
        text: 'Your results are in',
      },
    ],
    [{ ...chat, kind: 'chat-message-deleted', messageId: '659729', version: 1_795_338_000_000 }],
    [{ ...chat, kind: 'chat-added', recipientIsAdded: true }],
    [{ ...chat, kind: 'chat-removed' }],
    [{ ...chat, kind: 'chat-updated' }],
  ] as const)('makes the notification $kind', (expected) => {
    expect(testNotification({ ...facts, kind: expected.kind }, mapping)).toEqual(expected);
  });

  it('knows ten kinds', () => {
    expect(Object.keys(notificationKinds)).toHaveLength(10);
  });

  it('leaves out what CHAT_CONTENT keeps in Azure', () => {
    const none = testNotification({ ...facts, kind: 'chat-message' }, { ...mapping, chatContent: 'none' });
    expect(none).not.toHaveProperty('text');
    expect(none).not.toHaveProperty('senderName');
    const sender = testNotification(
      { ...facts, kind: 'chat-message' },
      { ...mapping, chatContent: 'sender' },
    );
    expect(sender).toMatchObject({ senderName: 'Ben Okafor' });
    expect(sender).not.toHaveProperty('text');
  });

  it('has no caller or sender name when the name is empty', () => {
    expect(testNotification({ ...facts, kind: 'incoming-call', name: '' }, mapping)).not.toHaveProperty(
      'callerName',
    );
    expect(testNotification({ ...facts, kind: 'chat-added', name: '' }, mapping)).not.toHaveProperty(
      'senderName',
    );
  });

  it('throws INPUT_UNUSABLE when the recipient is the tester', () => {
    const own = { ...facts, kind: 'chat-message', recipientId: '8:acs:acs-relay-test' } as const;
    expect(() => testNotification(own, mapping)).toThrow(
      'Users are not notified of their own actions, and 8:acs:acs-relay-test is the sender of every test.',
    );
  });
});
