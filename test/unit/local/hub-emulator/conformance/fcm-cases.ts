import type { JudgedPush } from '../../../../../src/local/hub-emulator/conformance/rule.ts';
import { fcmPush, nowMs, phone, receivedPush } from '../../../../support/judged-push.ts';
import type { PushRuleCase } from '../../../../support/push-rule-case.ts';

const message = (value: object): Partial<JudgedPush> => ({ payload: { message: value } });
const android = (value: object) => message({ data: { acs: '{}' }, android: value });
const waiting = (count: number, change: object = {}) =>
  Array.from({ length: count }, () => ({
    push: receivedPush(),
    sinceMs: nowMs - 1000,
    expiresAtMs: nowMs + 1000,
    ...change,
  }));
const keys = (untilMs: number, ...names: readonly string[]) => ({
  collapseKeys: names.map((key) => ({ key, untilMs })),
});

/** Messages with and without findings of FCM v1. */
export const fcmCases: readonly PushRuleCase[] = [
  {
    rule: 'fcm-registration-token',
    severity: 'warning',
    base: fcmPush,
    good: { 'every character that tokens have': { deviceHandles: ['aZ09_:-'] } },
    bad: {
      'a blank': [
        { deviceHandles: ['fid_1 APA91b-0000000000'] },
        'Device handle does not look like an FCM token: fid_…0000.',
      ],
      'one of two': [
        { deviceHandles: ['good', 'https://x'] },
        'Device handle does not look like an FCM token: ….',
      ],
    },
  },
  {
    rule: 'fcm-message',
    severity: 'error',
    base: fcmPush,
    good: { 'an empty message': message({}) },
    bad: {
      'a legacy payload': [{ payload: { data: {} } }, 'The payload has no object "message".'],
      'a text': [{ payload: { message: 'hi' } }, 'The payload has no object "message".'],
      'a list': [{ payload: [] }, 'The payload has no object "message".'],
    },
  },
  {
    rule: 'fcm-target',
    severity: 'error',
    base: fcmPush,
    good: { 'none of them': {}, 'a token inside data': message({ data: { token: 'x' } }) },
    bad: {
      'a token': [message({ token: 'x' }), 'The message has a "token", but its target is the device handle.'],
      'a topic and a condition': [
        message({ topic: 'news', condition: "'a' in topics" }),
        'The message has a "topic", but its target is the device handle.',
        'The message has a "condition", but its target is the device handle.',
      ],
    },
  },
  {
    rule: 'fcm-data-strings',
    severity: 'error',
    base: fcmPush,
    good: { 'no data': message({}), 'an empty text': message({ data: { a: '' } }) },
    bad: {
      'a number and an object': [
        message({ data: { eventId: 107, good: 'x', acs: {} } }),
        'message.data.eventId is not a string.',
        'message.data.acs is not a string.',
      ],
      null: [message({ data: { a: null } }), 'message.data.a is not a string.'],
      'in android': [message({ android: { data: { a: true } } }), 'message.android.data.a is not a string.'],
      'a list': [message({ data: ['a'] }), 'message.data is not an object.'],
    },
  },
  {
    rule: 'fcm-reserved-keys',
    severity: 'error',
    base: fcmPush,
    good: {
      'words that begin like them': message({ data: { from_name: 'x', fromage: 'x', notification: 'x' } }),
    },
    bad: {
      from: [message({ data: { from: 'x' } }), 'message.data has the reserved key "from".'],
      'message_type in android': [
        message({ android: { data: { message_type: 'x' } } }),
        'message.android.data has the reserved key "message_type".',
      ],
      prefixes: [
        message({ data: { 'google.id': 'x', 'gcm.notification.body': 'x' } }),
        'message.data has the reserved key "google.id".',
        'message.data has the reserved key "gcm.notification.body".',
      ],
    },
  },
  {
    rule: 'fcm-reserved-prefixes',
    severity: 'warning',
    base: fcmPush,
    good: {
      'other keys': message({ data: { acs: 'x', mygcm: 'x' } }),
      'a reserved key': message({ data: { from: 'x' } }),
    },
    bad: {
      gcm: [
        message({ data: { gcm: 'x' } }),
        'message.data has the key "gcm", which older FCM documentation reserves.',
      ],
      google: [
        message({ data: { googleId: 'x' } }),
        'message.data has the key "googleId", which older FCM documentation reserves.',
      ],
    },
  },
  {
    rule: 'fcm-priority',
    severity: 'error',
    base: fcmPush,
    good: {
      none: android({}),
      normal: android({ priority: 'normal' }),
      'the name of the enum': android({ priority: 'HIGH' }),
    },
    bad: {
      10: [android({ priority: 10 }), 'Invalid android.priority 10.'],
      urgent: [android({ priority: 'urgent' }), 'Invalid android.priority "urgent".'],
    },
  },
  {
    rule: 'fcm-ttl',
    severity: 'error',
    base: fcmPush,
    good: {
      none: android({}),
      zero: android({ ttl: '0s' }),
      nanoseconds: android({ ttl: '3.000000001s' }),
      'four weeks': android({ ttl: '2419200s' }),
    },
    bad: {
      'a number': [android({ ttl: 30 }), 'android.ttl 30 is not a duration such as "30s".'],
      'no unit': [android({ ttl: '30' }), 'android.ttl "30" is not a duration such as "30s".'],
      milliseconds: [android({ ttl: '30ms' }), 'android.ttl "30ms" is not a duration such as "30s".'],
      negative: [android({ ttl: '-1s' }), 'android.ttl "-1s" is not a duration such as "30s".'],
      'ten digits behind the point': [
        android({ ttl: '3.0000000001s' }),
        'android.ttl "3.0000000001s" is not a duration such as "30s".',
      ],
      'a second more than four weeks': [
        android({ ttl: '2419201s' }),
        'android.ttl 2419201s is more than four weeks.',
      ],
    },
  },
  {
    rule: 'fcm-collapse-key',
    severity: 'error',
    base: fcmPush,
    good: { none: android({}), 'a text': android({ collapse_key: 'chat' }) },
    bad: {
      'a number': [android({ collapse_key: 1 }), 'android.collapse_key is not a string.'],
      'in camel case': [android({ collapseKey: ['a'] }), 'android.collapse_key is not a string.'],
    },
  },
  {
    rule: 'fcm-collapse-keys',
    severity: 'error',
    base: fcmPush,
    good: {
      'a phone that was never pushed to': android({ collapse_key: 'e' }),
      'the fourth key': {
        ...android({ collapse_key: 'd' }),
        phones: [phone(keys(nowMs + 1, 'a', 'b', 'c'))],
      },
      'one of four': {
        ...android({ collapse_key: 'd' }),
        phones: [phone(keys(nowMs + 1, 'a', 'b', 'c', 'd'))],
      },
      'a fifth when the others are over': {
        ...android({ collapse_key: 'e' }),
        phones: [phone(keys(nowMs, 'a', 'b', 'c', 'd'))],
      },
      'no key': { ...android({}), phones: [phone(keys(nowMs + 1, 'a', 'b', 'c', 'd'))] },
      'a fifth that is not kept': {
        ...android({ collapse_key: 'e', ttl: '0s' }),
        phones: [phone(keys(nowMs + 1, 'a', 'b', 'c', 'd'))],
      },
    },
    bad: {
      'a fifth': [
        { ...android({ collapse_key: 'e' }), phones: [phone(keys(nowMs + 1, 'a', 'b', 'c', 'd'))] },
        '"e" exceeds the 4 collapse keys that FCM keeps for fid_…0000.',
      ],
      'a notification without a key, on a phone that is online': [
        {
          ...message({ notification: { title: 'Missed call' } }),
          phones: [phone({ online: true, ...keys(nowMs + 1, 'a', 'b', 'c', 'd') })],
        },
        '"(package name)" exceeds the 4 collapse keys that FCM keeps for fid_…0000.',
      ],
    },
  },
  {
    rule: 'fcm-stored-messages',
    severity: 'warning',
    base: fcmPush,
    good: {
      'the hundredth': { phones: [phone({ waiting: waiting(99) })] },
      'an online phone': { phones: [phone({ online: true, waiting: waiting(100) })] },
      'others with a key': { phones: [phone({ waiting: waiting(100, { collapseId: 'a' }) })] },
      'others that are over': { phones: [phone({ waiting: waiting(100, { expiresAtMs: nowMs }) })] },
      'one with a key': { ...android({ collapse_key: 'a' }), phones: [phone({ waiting: waiting(100) })] },
      'one that is not kept': { ...android({ ttl: '0s' }), phones: [phone({ waiting: waiting(100) })] },
    },
    bad: {
      'the hundred and first': [
        { phones: [phone({ waiting: waiting(100) })] },
        '100 messages already wait for fid_…0000: FCM drops them all.',
      ],
    },
  },
  {
    rule: 'fcm-size',
    severity: 'error',
    base: fcmPush,
    good: { '4,096 bytes': { bodyBytes: 4096 } },
    bad: { '4,097 bytes': [{ bodyBytes: 4097 }, 'The payload has 4097 bytes; the limit is 4096.'] },
  },
];
