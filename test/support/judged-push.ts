import type { JudgedPush } from '../../src/local/hub-emulator/conformance/rule.ts';
import type { ReceivedPush } from '../../src/local/hub-emulator/hub-record.ts';
import type { Phone } from '../../src/local/hub-emulator/phones/phone.ts';

/** 2026-11-22T09:00:00Z */
export const nowMs = 1_795_338_000_000;

/** An APNs alert without fault. */
export const applePush: JudgedPush = {
  format: 'apple',
  voipHub: false,
  deviceHandles: ['00fc13adff785122b4ad28809a342098'],
  headers: {
    'apns-push-type': 'alert',
    'apns-priority': '10',
    'apns-expiration': '1795338030',
    'apns-collapse-id': 'call-1',
    'apns-id': '5f419d7c-3bf8-5d5d-8c79-2ff33a788674',
  },
  apiVersion: '2015-04',
  payload: { aps: { alert: 'Missed call' } },
  bodyBytes: 100,
  phones: [],
  nowMs,
};

/** An FCM data message without fault. */
export const fcmPush: JudgedPush = {
  format: 'fcmv1',
  voipHub: false,
  deviceHandles: ['fid_1:APA91b-0000000000'],
  headers: {},
  apiVersion: '2015-04',
  payload: { message: { data: { acs: '{}' }, android: { priority: 'high', ttl: '30s' } } },
  bodyBytes: 100,
  phones: [],
  nowMs,
};

/** A push as the emulator keeps it. */
export function receivedPush(change: Partial<ReceivedPush> = {}): ReceivedPush {
  return {
    id: 'p-1',
    receivedAtMs: nowMs,
    hub: 'relay',
    format: 'fcmv1',
    deviceHandles: ['fid_1:APA91b-0000000000'],
    headers: {},
    apiVersion: '2015-04',
    keyName: 'Sender',
    body: '{"message":{"data":{"acs":"{}"}}}',
    bodyBytes: 33,
    findings: [],
    trackingId: 't-1',
    status: 201,
    ...change,
  };
}

/** An Android phone that is off and has nothing waiting. */
export function phone(change: Partial<Phone> = {}): Phone {
  return {
    handle: 'fid_1:APA91b-0000000000',
    platform: 'fcmv1',
    hubs: ['relay'],
    online: false,
    waiting: [],
    delivered: [],
    dropped: [],
    collapseKeys: [],
    owesDeletedMessages: false,
    deletedMessagesAtMs: [],
    ...change,
  };
}
