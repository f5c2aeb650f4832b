import { describe, expect, it } from 'vitest';
import { isDeviceId, parseRegistration, parseUserId } from '../../../src/devices/registration.ts';

describe('isDeviceId', () => {
  it.each(['a', 'iPhone-15.2_x:1', '9B4C9C8A-0F5E-4B41-8E0B-0E3A3C1F2D11', 'x'.repeat(128), '..'])(
    'accepts %s',
    (id) => {
      expect(isDeviceId(id)).toBe(true);
    },
  );

  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'å', 'a\n', 'a%20b'])('rejects %j', (id) => {
    expect(isDeviceId(id)).toBe(false);
  });
});

const apns = 'AB'.repeat(32);
const voip = 'cd'.repeat(32);
const fcm = 'dQw4w9WgXcQ:APA91bH_x-1.2=';

describe('parseRegistration', () => {
  it('accepts an iOS device with every field and normalises its handles and locale', () => {
    const body = { platform: 'apns', handle: apns, voipHandle: voip.toUpperCase(), locale: 'zh-hans-cn' };
    expect(parseRegistration(body)).toEqual({
      kind: 'valid',
      registration: { platform: 'apns', handle: 'ab'.repeat(32), voipHandle: voip, locale: 'zh-Hans-CN' },
    });
  });

  it('accepts an Android device with only the required fields and keeps its token as it is', () => {
    expect(parseRegistration({ platform: 'fcmv1', handle: fcm })).toEqual({
      kind: 'valid',
      registration: { platform: 'fcmv1', handle: 'dQw4w9WgXcQ:APA91bH_x-1.2=' },
    });
  });

  it.each([
    ['the shortest APNs handle', { platform: 'apns', handle: 'a'.repeat(64) }],
    ['the longest APNs handle', { platform: 'apns', handle: 'a'.repeat(200) }],
    ['the shortest FCM token', { platform: 'fcmv1', handle: 'a'.repeat(20) }],
    ['the longest FCM token', { platform: 'fcmv1', handle: 'a'.repeat(4096) }],
    ['a locale with extensions', { platform: 'fcmv1', handle: fcm, locale: 'de-DE-u-co-phonebk' }],
  ])('accepts %s', (_name, body) => {
    expect(parseRegistration(body)).toMatchObject({ kind: 'valid' });
  });

  const apnsProblem = (name: string, length: number) =>
    `${name} must be an even number of hex digits, 64 to 200 (it has ${length} characters)`;
  const fcmProblem = (length: number) =>
    `handle must be an FCM registration token: 20 to 4096 of A-Z a-z 0-9 _ : . = - (it has ${length} characters)`;
  const localeProblem = 'locale must be a BCP 47 tag of at most 35 characters, such as "sv" or "zh-Hans-CN"';

  it.each<[string, unknown, string[]]>([
    ['no body', undefined, ['the body must be a JSON object']],
    ['null', null, ['the body must be a JSON object']],
    ['a text', 'apns', ['the body must be a JSON object']],
    ['an array', [], ['the body must be a JSON object']],
    ['an empty object', {}, ['platform must be "apns" or "fcmv1"', 'handle must be a string']],
    ['an unknown platform', { platform: 'apple', handle: apns }, ['platform must be "apns" or "fcmv1"']],
    ['a platform in capitals', { platform: 'APNS', handle: apns }, ['platform must be "apns" or "fcmv1"']],
    ['no handle', { platform: 'apns' }, ['handle must be a string']],
    ['a numeric handle', { platform: 'apns', handle: 7 }, ['handle must be a string']],
    ['an empty APNs handle', { platform: 'apns', handle: '' }, [apnsProblem('handle', 0)]],
    ['a short APNs handle', { platform: 'apns', handle: 'a'.repeat(62) }, [apnsProblem('handle', 62)]],
    ['an odd APNs handle', { platform: 'apns', handle: 'a'.repeat(65) }, [apnsProblem('handle', 65)]],
    ['a long APNs handle', { platform: 'apns', handle: 'a'.repeat(202) }, [apnsProblem('handle', 202)]],
    ['an APNs handle with brackets', { platform: 'apns', handle: `<${apns}>` }, [apnsProblem('handle', 66)]],
    ['a short FCM token', { platform: 'fcmv1', handle: 'a'.repeat(19) }, [fcmProblem(19)]],
    ['a long FCM token', { platform: 'fcmv1', handle: 'a'.repeat(4097) }, [fcmProblem(4097)]],
    ['an FCM token with a blank', { platform: 'fcmv1', handle: `${'a'.repeat(20)} ` }, [fcmProblem(21)]],
    ['an FCM token with a line end', { platform: 'fcmv1', handle: `${'a'.repeat(20)}\n` }, [fcmProblem(21)]],
    [
      'a VoIP handle on Android',
      { platform: 'fcmv1', handle: fcm, voipHandle: voip },
      ['voipHandle is allowed only with platform "apns"'],
    ],
    [
      'a broken VoIP handle',
      { platform: 'apns', handle: apns, voipHandle: 'xyz' },
      [apnsProblem('voipHandle', 3)],
    ],
    [
      'a null VoIP handle',
      { platform: 'apns', handle: apns, voipHandle: null },
      ['voipHandle must be a string'],
    ],
    [
      'the handle twice',
      { platform: 'apns', handle: apns, voipHandle: apns.toLowerCase() },
      ['voipHandle must be the PushKit token, which differs from handle'],
    ],
    ['a locale with an underscore', { platform: 'fcmv1', handle: fcm, locale: 'sv_SE' }, [localeProblem]],
    ['an empty locale', { platform: 'fcmv1', handle: fcm, locale: '' }, [localeProblem]],
    [
      'a long locale',
      { platform: 'fcmv1', handle: fcm, locale: 'en-a-bbb-x-a-ccccc-ddddd-eeeee-fffff' },
      [localeProblem],
    ],
    ['a numeric locale', { platform: 'fcmv1', handle: fcm, locale: 7 }, ['locale must be a string']],
    [
      'unknown fields',
      { platform: 'fcmv1', handle: fcm, voiphandle: voip, token: 1 },
      ['unknown fields: voiphandle, token'],
    ],
    [
      'a field name as long as most of a handle',
      { platform: 'fcmv1', handle: fcm, aaaaaaaaaaaYaaaZ: 1, aaaaaaaaaaaYaaa: 1 },
      ['unknown fields: (name withheld), aaaaaaaaaaaYaaa'],
    ],
    [
      'a handle as field name',
      { platform: 'fcmv1', handle: fcm, [fcm]: 1, [apns]: 1 },
      ['unknown fields: (name withheld), (name withheld)'],
    ],
    [
      'a prototype',
      JSON.parse(`{"platform":"fcmv1","handle":"${fcm}","__proto__":{}}`),
      ['unknown fields: __proto__'],
    ],
    [
      'everything wrong',
      { platform: 'fcmv1', handle: 'x', voipHandle: 7, locale: '?', extra: 1 },
      ['voipHandle must be a string', 'unknown fields: extra', fcmProblem(1), localeProblem],
    ],
    [
      'a broken VoIP handle and locale beside an unknown platform',
      { platform: 'web', handle: 'x', voipHandle: 'y', locale: '?' },
      ['platform must be "apns" or "fcmv1"', apnsProblem('voipHandle', 1), localeProblem],
    ],
  ])('rejects %s and names each problem', (_name, body, problems) => {
    expect(parseRegistration(body)).toEqual({ kind: 'invalid', problems });
  });
});

describe('parseUserId', () => {
  it.each([
    '8:acs:b6aada1f-0b1d-47ac-866f-91aae00a1d01_0000000e-3a1f-9a2b-740a-113a0d00ee0e',
    '8:acs:resource_tenant_user',
    '8:gcch-acs:resource_user',
    '8:dod-acs:resource_tenant_user',
    '8:spool:b6aada1f-0b1d-47ac-866f-91aae00a1d01_0000000e',
    '8:orgid:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:gcch:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:dod:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:teamsvisitor:45ab24811c1c4005be240ffb879b1130',
    '28:orgid:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '28:gcch:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '4:+46701234567',
    '4:112',
    `8:acs:${'x'.repeat(250)}`,
  ])('accepts %s unchanged', (userId) => {
    expect(parseUserId(userId)).toEqual({ kind: 'valid', userId });
  });

  it.each([
    ['', 'it is empty'],
    [`8:acs:${'x'.repeat(251)}`, 'it has 257 characters, but at most 256 are allowed'],
    ['8:acs:a b', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a\n', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a\u0000', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:\ud83d', 'it contains white space, a control character or one of / \\ # ? %'],
    ['4:%2B46701234567', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a/../b', 'it contains white space, a control character or one of / \\ # ? %'],
    ['ada', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['acs:b6aada1f_0000', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['8:ACS:b6aada1f_0000', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['8:acs:', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['4:', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['28:unknown:x', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['4:anonymous', 'it is the anonymous caller, who cannot receive pushes'],
  ])('rejects %j and says why', (text, problem) => {
    expect(parseUserId(text)).toEqual({
      kind: 'invalid',
      problem: `Invalid user id: ${problem}.`,
    });
  });
});
