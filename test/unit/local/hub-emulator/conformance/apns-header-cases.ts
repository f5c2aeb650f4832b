import { headers, ring } from '../../../../support/apple-change.ts';
import { applePush } from '../../../../support/judged-push.ts';
import type { PushRuleCase } from '../../../../support/push-rule-case.ts';

/** What APNs objects to in the token, the other headers and the size, and what it does not. */
export const apnsHeaderCases: readonly PushRuleCase[] = [
  {
    rule: 'apns-device-token',
    severity: 'error',
    base: applePush,
    good: {
      'upper case': { deviceHandles: ['00FC13AD'] },
      'several handles': { deviceHandles: ['0a', '0b'] },
    },
    bad: {
      'an FCM token': [
        { deviceHandles: ['fid_1:APA91b-0000000000', '0a'] },
        'Device handle is not hexadecimal: fid_…0000.',
      ],
      'two of three': [
        { deviceHandles: ['x', '0a', '0b '] },
        'Device handle is not hexadecimal: … and 1 more.',
      ],
    },
  },
  {
    rule: 'apns-collapse-id',
    severity: 'error',
    base: applePush,
    good: {
      none: headers({}, 'apns-collapse-id'),
      empty: headers({ 'apns-collapse-id': '' }),
      '64 bytes': headers({ 'apns-collapse-id': 'c'.repeat(64) }),
    },
    bad: {
      '65 bytes': [
        headers({ 'apns-collapse-id': 'c'.repeat(65) }),
        'apns-collapse-id has 65 bytes; the limit is 64.',
      ],
      '64 characters of two bytes': [
        headers({ 'apns-collapse-id': 'ö'.repeat(64) }),
        'apns-collapse-id has 128 bytes; the limit is 64.',
      ],
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
      'a second ago': [headers({ 'apns-expiration': '1795337999' }), 'apns-expiration passed 1 s ago.'],
      'in 1970': [headers({ 'apns-expiration': '30' }), 'apns-expiration passed 1795337970 s ago.'],
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
      '4,097 bytes': [{ bodyBytes: 4097 }, 'The payload has 4097 bytes; the limit is 4096.'],
      'a ring of 5,120 bytes, which only APNs itself takes': [
        { ...ring(), bodyBytes: 5120 },
        'The payload has 5120 bytes; the limit is 4096.',
      ],
    },
  },
];
