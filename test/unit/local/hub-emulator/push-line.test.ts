import { describe, expect, it } from 'vitest';
import type { ReceivedPush } from '../../../../src/local/hub-emulator/hub-record.ts';
import { formatPushLine } from '../../../../src/local/hub-emulator/push-line.ts';

const push = (change: Partial<ReceivedPush>): ReceivedPush => ({
  id: 'p-1',
  receivedAtMs: Date.UTC(2026, 10, 22, 9, 0, 1, 250),
  hub: 'relay',
  format: 'apple',
  deviceHandles: ['00fc13adff785122b4ad28809a34209823412414'],
  headers: {},
  apiVersion: '2015-04',
  keyName: 'Sender',
  body: '{}',
  bodyBytes: 1234,
  findings: [],
  trackingId: 't-1',
  status: 201,
  ...change,
});

describe('formatPushLine', () => {
  it('shows a VoIP ring', () => {
    const body = JSON.stringify({ aps: {}, acs: { v: 1, kind: 'incoming-call', recipientId: '8:acs:ada' } });
    const headers = { 'apns-push-type': 'voip', 'apns-priority': '10', 'apns-collapse-id': 'call-1' };
    expect(formatPushLine(push({ hub: 'relay-voip', headers, body }))).toBe(
      '09:00:01.250  push   relay-voip  apns  voip/10  incoming-call  to 8:acs:ada  rings: "unknown caller"  collapse call-1  1,234 of 4,096 bytes  handle 00fc…2414',
    );
    const named = body.replace('"kind"', '"callerName":"Ben","kind"');
    expect(formatPushLine(push({ hub: 'relay-voip', headers, body: named }))).toContain('  rings: "Ben"  ');
  });

  it('shows a chat message on one line, with long texts and ids truncated', () => {
    const body = JSON.stringify({
      aps: { alert: { title: 'Ada', body: `Hello\nthere ${'🙂'.repeat(60)}` } },
      acs: { kind: 'chat-message', recipientId: '8:acs:0d3c8f7e-5a41-4b8e-9f0a-2c6d1e7b4a90_00000021-7a3b' },
    });
    expect(formatPushLine(push({ body }))).toBe(
      `09:00:01.250  push   relay  apns  alert/10  chat-message  to 8:acs:0d3c8f7e-5…d1e7b4a90_00000021-7a3b  "Ada – Hello there ${'🙂'.repeat(41)}…"  no collapse  1,234 of 4,096 bytes  handle 00fc…2414`,
    );
  });

  it('shows an FCM notification and an FCM data message', () => {
    const acs = JSON.stringify({ kind: 'missed-call', recipientId: '4:+46701234567' });
    const shown = {
      message: {
        data: { acs },
        notification: { title: 'Missed call', body: 'Ada' },
        android: { priority: 'HIGH', notification: { tag: 'call-1' } },
      },
    };
    expect(formatPushLine(push({ format: 'fcmv1', body: JSON.stringify(shown) }))).toContain(
      'fcmv1  notification/high  missed-call  to 4:+46701234567  "Missed call – Ada"  collapse call-1',
    );
    const silent = { message: { data: { acs }, android: { collapse_key: 'chat' } } };
    expect(formatPushLine(push({ format: 'fcmv1', body: JSON.stringify(silent) }))).toContain(
      'fcmv1  data/normal  missed-call  to 4:+46701234567  (silent)  collapse chat',
    );
  });

  it.each([
    ['a payload of another shape', '[]'],
    ['invalid JSON', '{'],
    ['parts of the wrong type', '{"aps":7,"acs":"x"}'],
  ])('shows %s without failing', (_name, body) => {
    expect(formatPushLine(push({ body }))).toContain('alert/10  no-contract  to unknown  (silent)');
    expect(formatPushLine(push({ body, format: 'fcmv1' }))).toContain('data/normal  no-contract');
  });

  it('shows several handles, a short handle and planned faults', () => {
    expect(formatPushLine(push({ deviceHandles: ['short', 'b', 'c'] }))).toMatch(/handle … and 2 more$/);
    expect(formatPushLine(push({ fault: { delayMs: 20 } }))).toMatch(/planned fault: 201 after 20 ms$/);
    expect(formatPushLine(push({ fault: { answer: 'reset' } }))).toMatch(/planned fault: reset$/);
  });
});
