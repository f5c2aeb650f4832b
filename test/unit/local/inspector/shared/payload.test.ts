import { describe, expect, it } from 'vitest';
import { readPushContent } from '../../../../../src/local/inspector/shared/payload.ts';

describe('readPushContent', () => {
  it('reads an alert of APNs', () => {
    const body = JSON.stringify({
      aps: { alert: { title: 'Ben', body: 'Hello' } },
      acs: {
        kind: 'chat-message',
        id: 'e1',
        threadId: 't',
        messageId: 'm',
        expiresAt: '2026-11-23T09:00:00.000Z',
      },
    });
    const headers = {
      'apns-push-type': 'alert',
      'apns-priority': '10',
      'apns-collapse-id': 'm.t',
      'apns-expiration': '1',
    };
    expect(readPushContent({ format: 'apple', headers, body }, 0)).toEqual({
      platform: 'apns',
      style: 'alert',
      priority: '10',
      title: 'Ben',
      body: 'Hello',
      collapseId: 'm.t',
      expiresAtMs: 1_795_424_400_000,
      acs: {
        kind: 'chat-message',
        id: 'e1',
        threadId: 't',
        messageId: 'm',
        expiresAtMs: 1_795_424_400_000,
      },
    });
  });

  it('reads an APNs push of another program: a string as the alert, the expiry from its header', () => {
    const content = readPushContent(
      { format: 'apple', headers: { 'apns-expiration': '1795424400' }, body: '{"aps":{"alert":"Hi"}}' },
      0,
    );
    expect(content).toEqual({
      platform: 'apns',
      style: 'alert',
      priority: '10',
      body: 'Hi',
      expiresAtMs: 1_795_424_400_000,
    });
  });

  it.each([
    ['voip', 'voip'],
    ['background', 'background'],
    ['complication', 'alert'],
  ])('maps the push type %s to %s', (type, style) => {
    const headers = { 'apns-push-type': type };
    expect(readPushContent({ format: 'apple', headers, body: '{}' }, 0).style).toBe(style);
  });

  it('reads a notification of FCM v1, and counts its ttl from its arrival at the hub', () => {
    const body = JSON.stringify({
      message: {
        notification: { title: 'Ben', body: 'Hello' },
        data: { acs: '{"kind":"chat-message"}' },
        android: { priority: 'HIGH', ttl: '1.5s', notification: { tag: 'm.t' } },
      },
    });
    expect(readPushContent({ format: 'fcmv1', headers: {}, body }, 1000)).toEqual({
      platform: 'fcmv1',
      style: 'notification',
      priority: 'high',
      title: 'Ben',
      body: 'Hello',
      collapseId: 'm.t',
      expiresAtMs: 2500,
      acs: { kind: 'chat-message' },
    });
  });

  it.each(['not json', 'null', '[]', '{"message":7}', '{"message":{"data":{"acs":"{"}}}'])(
    'makes do with %s',
    (body) => {
      expect(readPushContent({ format: 'fcmv1', headers: {}, body }, 0)).toEqual({
        platform: 'fcmv1',
        style: 'data',
        priority: 'normal',
      });
    },
  );
});
