import type { DirectSend } from '../../../src/notification-hubs/request.ts';

/** The push that every sender sends: a chat message for an iPhone, of typical size. */
export const benchPush: DirectSend = {
  platform: 'apns',
  headers: {
    'apns-push-type': 'alert',
    'apns-priority': '10',
    'apns-expiration': '1795424400',
    'apns-collapse-id': '1795338000123.d2VsbC1rbm93bi10aHI',
    'apns-id': '3f0f8a51-7c0e-5d2b-9b1e-0d6f6a3c1e77',
  },
  body: JSON.stringify({
    aps: {
      alert: { title: 'Ada', body: 'The results are in: everything looks fine. See you on Thursday at ten.' },
      'thread-id': '19:clinic-room@thread.v2',
      'mutable-content': 1,
      category: 'ACS_CHAT_MESSAGE',
    },
    acs: {
      v: 1,
      kind: 'chat-message',
      id: '5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01',
      recipientId: '8:acs:5e3c1f2a-0000-4000-8000-6a1d2b3c4d5e_00000015-ben0-0000-0000-000000000002',
      sentAt: '2026-11-22T09:00:00.123Z',
      expiresAt: '2026-11-23T09:00:00.123Z',
      threadId: '19:clinic-room@thread.v2',
      messageId: '1795338000123',
      senderId: '8:acs:5e3c1f2a-0000-4000-8000-6a1d2b3c4d5e_00000015-ada0-0000-0000-000000000001',
      senderName: 'Ada',
    },
  }),
};

/** The hub of every sender, and its key. */
export const benchHub = { hubName: 'relay', keyName: 'Send', key: 'bench-key=' } as const;

const handles = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(64, '0'));

/** Returns the APNs device handle of an index. */
export function benchHandle(index: number): string {
  return handles[index % handles.length] ?? '';
}
