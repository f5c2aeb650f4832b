import type { CallNotification, ChatNotification } from '../../src/notifications/notification.ts';
import type { PushTarget } from '../../src/notifications/push.ts';
import { ada, ben } from './events.ts';

/** 2026-11-22T09:00:00.123Z */
export const sentAtMs = 1795338000123;

const identity = { source: '/clinic', id: 'event-1', type: 'Microsoft.Communication.IncomingCall' };

/** A ring from Ben to Ada. */
export const ring: CallNotification = {
  kind: 'incoming-call',
  identity,
  recipientId: ada,
  sentAtMs,
  expiresAtMs: sentAtMs + 30_000,
  callId: 'call-1',
  serverCallId: 'c2VydmVy',
  callerId: ben,
  callerName: 'Ben',
  callPayload: 'H4sIcp',
};

/** A message from Ben to Ada. */
export const message: ChatNotification = {
  kind: 'chat-message',
  identity: { ...identity, type: 'Microsoft.Communication.ChatMessageReceived' },
  recipientId: ada,
  sentAtMs,
  expiresAtMs: sentAtMs + 86_400_000,
  threadId: '19:t@thread.v2',
  messageId: '1795338000000',
  senderId: ben,
  senderName: 'Ben',
  text: 'How is the knee?',
};

/** Ada's phones. */
export const iPhone: PushTarget = {
  recipientId: ada,
  deviceId: 'iphone',
  platform: 'apns',
  voipHandle: 'ab',
};
export const android: PushTarget = {
  recipientId: ada,
  deviceId: 'android',
  platform: 'fcmv1',
  locale: 'sv-SE',
};

/** One second after the events, with a VoIP hub. */
export const options = { nowMs: sentAtMs + 1000, voipHub: true, defaultLocale: 'en' };
