import type { JudgedPush } from '../../../../../src/local/hub-emulator/conformance/push/judged-push.ts';
import { applePush } from '../../../../support/judged-push.ts';
import type { PushRuleCase } from '../../../../support/push-rule-case.ts';

const headers = (change: Readonly<Record<string, string>>, ...without: readonly string[]) => {
  const all = Object.entries({ ...applePush.headers, ...change });
  return { headers: Object.fromEntries(all.filter(([name]) => !without.includes(name))) };
};
const aps = (value: object) => ({ payload: { aps: value, acs: { v: 1 } } });
const silent = (priority: string, value: object = { 'content-available': 1 }): Partial<JudgedPush> => ({
  ...headers({ 'apns-push-type': 'background', 'apns-priority': priority }),
  ...aps(value),
});
const ring = (change: Readonly<Record<string, string>> = {}): Partial<JudgedPush> => ({
  ...headers({ 'apns-push-type': 'voip', ...change }),
  ...aps({}),
  voipHub: true,
});

/** What Notification Hubs and APNs object to in an Apple push, and what they do not. */
export const apnsCases: readonly PushRuleCase[] = [
  {
    rule: 'hub-api-version',
    severity: 'warning',
    base: applePush,
    good: { 'another version': { apiVersion: '2020-06' }, preview: { apiVersion: '2023-10-01-preview' } },
    bad: {
      none: [{ apiVersion: '' }, 'The query has no api-version.'],
      'not a version': [{ apiVersion: 'latest' }, 'The query has the api-version "latest".'],
    },
  },
  {
    rule: 'hub-apple-aps',
    severity: 'error',
    base: applePush,
    good: { 'an empty aps': aps({}) },
    bad: {
      none: [{ payload: { acs: {} } }, 'The Apple payload has no object "aps".'],
      'a text': [{ payload: { aps: 'hi' } }, 'The Apple payload has no object "aps".'],
      'a list': [{ payload: [{ aps: {} }] }, 'The Apple payload has no object "aps".'],
    },
  },
  {
    rule: 'hub-apns-topic',
    severity: 'warning',
    base: applePush,
    good: { none: {} },
    bad: {
      'a topic': [
        headers({ 'apns-topic': 'com.contoso.app' }),
        'The header apns-topic has no effect: the topic is the one of the hub.',
      ],
    },
  },
  {
    rule: 'apns-device-token',
    severity: 'error',
    base: applePush,
    good: { 'upper case': { deviceHandles: ['00FC13AD'] }, 'a batch': { deviceHandles: ['0a', '0b'] } },
    bad: {
      'an FCM token': [
        { deviceHandles: ['fid_1:APA91b-0000000000', '0a'] },
        'The device handle fid_…0000 is not hexadecimal.',
      ],
      'two of three': [
        { deviceHandles: ['x', '0a', '0b '] },
        'The device handle … is not hexadecimal.',
        'The device handle … is not hexadecimal.',
      ],
    },
  },
  {
    rule: 'apns-push-type',
    severity: 'error',
    base: applePush,
    good: {
      background: silent('5'),
      voip: ring(),
      liveactivity: headers({ 'apns-push-type': 'liveactivity' }),
    },
    bad: {
      unknown: [headers({ 'apns-push-type': 'silent' }), 'There is no apns-push-type "silent".'],
      'another case': [headers({ 'apns-push-type': 'Alert' }), 'There is no apns-push-type "Alert".'],
    },
  },
  {
    rule: 'apns-push-type-missing',
    severity: 'warning',
    base: applePush,
    good: { alert: {} },
    bad: { none: [headers({}, 'apns-push-type'), 'The header apns-push-type is missing.'] },
  },
  {
    rule: 'apns-push-type-payload',
    severity: 'error',
    base: applePush,
    good: {
      'an alert with a badge only': aps({ badge: 0 }),
      'an alert with a sound only': aps({ sound: 'default' }),
      'an alert that wakes the app too': aps({ alert: 'hi', 'content-available': 1 }),
      'a silent push': silent('5'),
      'a silent push with mutable-content': silent('5', { 'content-available': 1, 'mutable-content': 1 }),
      'a ring with nothing': ring(),
    },
    bad: {
      'an alert with nothing to show': [
        aps({}),
        'apns-push-type alert needs "alert", "badge" or "sound" in aps.',
      ],
      'an alert that only wakes': [
        aps({ 'content-available': 1 }),
        'apns-push-type alert needs "alert", "badge" or "sound" in aps.',
      ],
      'a silent push that does not wake': [
        silent('5', {}),
        'apns-push-type background needs "content-available": 1 in aps.',
      ],
      'content-available 0': [
        silent('5', { 'content-available': 0 }),
        'apns-push-type background needs "content-available": 1 in aps.',
      ],
      'a silent push with a sound': [
        silent('5', { 'content-available': 1, sound: 'default' }),
        'apns-push-type background takes no "alert", "badge" or "sound".',
      ],
    },
  },
  {
    rule: 'apns-voip-topic',
    severity: 'error',
    base: applePush,
    good: { 'a ring through the VoIP hub': ring(), 'an alert through the other': {} },
    bad: {
      'a ring through the alert hub': [
        { ...ring(), voipHub: false },
        'apns-push-type voip needs a hub whose topic ends in .voip.',
      ],
      'an alert through the VoIP hub': [
        { voipHub: true },
        'A hub whose topic ends in .voip takes apns-push-type voip only, not "alert".',
      ],
      'no push type through the VoIP hub': [
        { ...headers({}, 'apns-push-type'), voipHub: true },
        'A hub whose topic ends in .voip takes apns-push-type voip only, not "none".',
      ],
    },
  },
  {
    rule: 'apns-priority',
    severity: 'error',
    base: applePush,
    good: {
      5: headers({ 'apns-priority': '5' }),
      1: headers({ 'apns-priority': '1' }),
      none: headers({}, 'apns-priority'),
    },
    bad: {
      7: [headers({ 'apns-priority': '7' }), 'There is no apns-priority "7".'],
      high: [headers({ 'apns-priority': 'high' }), 'There is no apns-priority "high".'],
      empty: [headers({ 'apns-priority': '' }), 'There is no apns-priority "".'],
    },
  },
  {
    rule: 'apns-priority-background',
    severity: 'error',
    base: applePush,
    good: { 5: silent('5'), 'an alert with 10': {} },
    bad: {
      10: [silent('10'), 'apns-push-type background needs apns-priority 5, not 10.'],
      1: [silent('1'), 'apns-push-type background needs apns-priority 5, not 1.'],
      none: [
        { ...silent('5'), ...headers({ 'apns-push-type': 'background' }, 'apns-priority') },
        'apns-push-type background needs apns-priority 5, not 10.',
      ],
    },
  },
  {
    rule: 'apns-priority-content-available',
    severity: 'error',
    base: applePush,
    good: {
      'with an alert': aps({ alert: 'hi', 'content-available': 1 }),
      'priority 5': {
        ...headers({ 'apns-priority': '5' }, 'apns-push-type'),
        ...aps({ 'content-available': 1 }),
      },
      'a background push, which has a rule of its own': silent('10'),
      'a ring': { ...ring(), ...aps({ 'content-available': 1 }) },
    },
    bad: {
      'no push type': [
        { ...headers({}, 'apns-push-type'), ...aps({ 'content-available': 1 }) },
        'apns-priority 10 is an error for a push that contains only "content-available".',
      ],
      'neither type nor priority': [
        { ...headers({}, 'apns-push-type', 'apns-priority'), ...aps({ 'content-available': 1 }) },
        'apns-priority 10 is an error for a push that contains only "content-available".',
      ],
    },
  },
  {
    rule: 'apns-priority-voip',
    severity: 'warning',
    base: applePush,
    good: { 10: ring(), none: { ...ring(), ...headers({ 'apns-push-type': 'voip' }, 'apns-priority') } },
    bad: {
      5: [ring({ 'apns-priority': '5' }), 'A ring with apns-priority 5 may be held back to save power.'],
    },
  },
  {
    rule: 'apns-collapse-id',
    severity: 'error',
    base: applePush,
    good: {
      none: headers({}, 'apns-collapse-id'),
      '1 byte': headers({ 'apns-collapse-id': 'c' }),
      '64 bytes': headers({ 'apns-collapse-id': 'c'.repeat(64) }),
    },
    bad: {
      '65 bytes': [
        headers({ 'apns-collapse-id': 'c'.repeat(65) }),
        'apns-collapse-id has 65 bytes, not 1 to 64.',
      ],
      '64 characters of two bytes': [
        headers({ 'apns-collapse-id': 'ö'.repeat(64) }),
        'apns-collapse-id has 128 bytes, not 1 to 64.',
      ],
      empty: [headers({ 'apns-collapse-id': '' }), 'apns-collapse-id has 0 bytes, not 1 to 64.'],
    },
  },
  {
    rule: 'apns-expiration',
    severity: 'error',
    base: applePush,
    good: {
      0: headers({ 'apns-expiration': '0' }),
      none: headers({}, 'apns-expiration'),
      'the last second of 32 bits': headers({ 'apns-expiration': '2147483647' }),
    },
    bad: {
      milliseconds: [
        headers({ 'apns-expiration': '1795338030000' }),
        'apns-expiration "1795338030000" is not a time in whole seconds since 1970.',
      ],
      'one second more than 32 bits': [
        headers({ 'apns-expiration': '2147483648' }),
        'apns-expiration "2147483648" is not a time in whole seconds since 1970.',
      ],
      'a date': [
        headers({ 'apns-expiration': '2026-11-22T09:00:30Z' }),
        'apns-expiration "2026-11-22T09:00:30Z" is not a time in whole seconds since 1970.',
      ],
      'a fraction': [
        headers({ 'apns-expiration': '1795338030.5' }),
        'apns-expiration "1795338030.5" is not a time in whole seconds since 1970.',
      ],
      negative: [
        headers({ 'apns-expiration': '-1' }),
        'apns-expiration "-1" is not a time in whole seconds since 1970.',
      ],
      empty: [
        headers({ 'apns-expiration': '' }),
        'apns-expiration "" is not a time in whole seconds since 1970.',
      ],
    },
  },
  {
    rule: 'apns-expiration-past',
    severity: 'warning',
    base: applePush,
    good: {
      0: headers({ 'apns-expiration': '0' }),
      none: headers({}, 'apns-expiration'),
      'this very second': headers({ 'apns-expiration': '1795338000' }),
      'not a number, which has a rule of its own': headers({ 'apns-expiration': 'soon' }),
    },
    bad: {
      'a second ago': [headers({ 'apns-expiration': '1795337999' }), 'apns-expiration is over since 1 s.'],
      'in 1970': [headers({ 'apns-expiration': '30' }), 'apns-expiration is over since 1795337970 s.'],
    },
  },
  {
    rule: 'apns-id',
    severity: 'error',
    base: applePush,
    good: {
      none: headers({}, 'apns-id'),
      'upper case': headers({ 'apns-id': '5F419D7C-3BF8-5D5D-8C79-2FF33A788674' }),
    },
    bad: {
      'no hyphens': [
        headers({ 'apns-id': '5f419d7c3bf85d5d8c792ff33a788674' }),
        'apns-id "5f419d7c3bf85d5d8c792ff33a788674" is not a UUID.',
      ],
      'an event id': [headers({ 'apns-id': 'event-1' }), 'apns-id "event-1" is not a UUID.'],
      empty: [headers({ 'apns-id': '' }), 'apns-id "" is not a UUID.'],
    },
  },
  {
    rule: 'apns-size',
    severity: 'error',
    base: applePush,
    good: { '4,096 bytes': { bodyBytes: 4096 } },
    bad: {
      '4,097 bytes': [{ bodyBytes: 4097 }, 'The payload has 4097 bytes; 4096 are allowed.'],
      'a ring of 5,120 bytes, which only APNs itself takes': [
        { ...ring(), bodyBytes: 5120 },
        'The payload has 5120 bytes; 4096 are allowed.',
      ],
    },
  },
];
