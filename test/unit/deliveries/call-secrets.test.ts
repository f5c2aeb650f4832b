import { describe, expect, it } from 'vitest';
import { contentHash, payloadHash, scrubText, withoutSecrets } from '../../../src/deliveries/call-secrets.ts';

const data = { to: { rawId: '8:acs:r_ada' }, members: ['a', 'b'], version: 7 };

describe('payloadHash', () => {
  it('is the SHA-256 of the data with its keys in order', () => {
    expect(payloadHash({ b: 1, a: { d: null, c: 'x' } })).toBe(
      '91beb0ebef8660ca4191b5b379012c3e6241633ef01775c53aa997a4b522a9d2',
    );
  });

  it('is the SHA-256 of lists as JSON writes them', () => {
    expect(payloadHash({ members: ['a', { b: 1 }, [], [2, 3]] })).toBe(
      '554e24b016de50399337f9bb3e2cf658dbf8001bec6e3531c49ed6139a89f2a4',
    );
  });

  it('does not see the order of keys', () => {
    const turned = { version: 7, members: ['a', 'b'], to: { rawId: '8:acs:r_ada' } };
    expect(payloadHash(turned)).toBe(payloadHash(data));
  });

  it('sees the order of items', () => {
    expect(payloadHash({ ...data, members: ['b', 'a'] })).not.toBe(payloadHash(data));
  });

  it('sees every value', () => {
    expect(payloadHash({ ...data, to: { rawId: '8:acs:r_ben' } })).not.toBe(payloadHash(data));
    expect(payloadHash({ ...data, version: '7' })).not.toBe(payloadHash(data));
    expect(payloadHash({ ...data, extra: null })).not.toBe(payloadHash(data));
  });

  it('does not see the secrets that dead letters lose', () => {
    expect(payloadHash({ ...data, incomingCallContext: 'S3CRET' })).toBe(payloadHash(data));
  });

  it('does not see them inside nested values and JSON texts', () => {
    const nested = { list: [{ kept: 1, shrToken: 'S3CRET' }], text: '{"cp":"S3CRET","a":"b"}' };
    const scrubbed = { list: [{ kept: 1 }], text: '{"cp":"","a":"b"}' };
    expect(payloadHash(nested)).toBe(payloadHash(scrubbed));
  });

  it('reads 64 levels, as a dead letter keeps them', () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(payloadHash(deep(64))).not.toBe(payloadHash(deep(65)));
    expect(payloadHash(deep(100_000))).toBe(payloadHash(deep(65)));
    expect(payloadHash(nested(64))).not.toBe(payloadHash(nested(63)));
    expect(payloadHash(nested(66))).toBe(payloadHash(nested(65)));
    expect(payloadHash(nested(100_000))).toBe(payloadHash(nested(65)));
  });

  it('has an answer for data that is missing', () => {
    expect(payloadHash(undefined)).toBe('eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c');
  });
});

describe('contentHash', () => {
  // What the Event Grid trigger was seen to make of these texts in Functions host 4.1037.
  it.each([
    ['2026-11-20T09:00:00+02:00', '2026-11-20T07:00:00+00:00'],
    ['2026-11-20T09:00:00.100Z', '2026-11-20T09:00:00.1Z'],
    ['2026-11-20T09:00:00.1230000Z', '2026-11-20T09:00:00.123Z'],
    ['2026-11-20T09:00:00.0000000Z', '2026-11-20T09:00:00Z'],
    ['2026-11-20T09:00:00-0800', '2026-11-20T17:00:00+00:00'],
    ['2026-11-20T24:00:00Z', '2026-11-21T00:00:00Z'],
    ['/Date(1234656000000)/', '2009-02-15T00:00:00Z'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
  ])('is the same for %j and %j', (sent, seen) => {
    expect(contentHash({ composeTime: sent })).toBe(contentHash({ composeTime: seen }));
    expect(payloadHash({ composeTime: sent })).not.toBe(payloadHash({ composeTime: seen }));
  });

  it.each([
    ['2026-11-20T09:00:00.12345678Z', '2026-11-20T09:00:00.1234567Z'],
    ['2026-11-20T09:00:00', '2026-11-20T09:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    [' 2026-11-20T09:00:00.120Z', ' 2026-11-20T09:00:00.12Z'],
    ['2026-99-20T09:00:00.120Z', '2026-99-20T09:00:00.12Z'],
  ])('differs for %j and %j, which the trigger leaves alone', (one, other) => {
    expect(contentHash({ composeTime: one })).not.toBe(contentHash({ composeTime: other }));
  });

  it('does not see the secrets that dead letters lose', () => {
    expect(contentHash({ ...data, incomingCallContext: 'S3CRET' })).toBe(contentHash(data));
  });
});

describe('scrubText', () => {
  it.each([
    ['a member', '{"incomingCallContext":"ey.S3CRET.x","id":"1"}', '{"incomingCallContext":"","id":"1"}'],
    ['with blanks', '{"cp" : "S3CRET"}', '{"cp" : ""}'],
    ['in any case', '{"IncomingCallContext":"S3CRET"}', '{"IncomingCallContext":""}'],
    ['cut off', '{"shrToken":"S3CRE', '{"shrToken":"'],
    ['cut off before the value', '{"shrToken":', '{"shrToken":'],
    ['with escapes in the value', '{"cp":"S3\\/CR\\u002bET"}', '{"cp":""}'],
    ['ending in a broken escape', '{"cp":"S3CRET\\', '{"cp":"\\'],
    [
      'JSON in JSON',
      '{"data":"{\\"cp\\":\\"S3CRET\\",\\"a\\":1}"}',
      '{"data":"{\\"cp\\":\\"\\",\\"a\\":1}"}',
    ],
    [
      'JSON in JSON in JSON',
      '"{\\\\\\"cp\\\\\\":\\\\\\"S3\\\\\\\\/CRET\\\\\\"}"',
      '"{\\\\\\"cp\\\\\\":\\\\\\"\\\\\\"}"',
    ],
    ['every one of them', '{"cp":"S3CRET","shrToken":"S3CRET"}', '{"cp":"","shrToken":""}'],
  ])('empties %s', (_, text, scrubbed) => {
    expect(scrubText(text)).toBe(scrubbed);
    expect(scrubText(scrubbed)).toBe(scrubbed);
  });

  it.each([
    'cp "is" a word',
    '{"cpu":"fast"}',
    '{"acp":"kept"}',
    '{"messageBody":"the incomingCallContext: secret?"}',
    '{"cp":7}',
    '',
  ])('leaves %j as it is', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  it.each(['\\', '"', '"cp', '"cp" ', '"cp":"\\', '{"cp":"', ' '])(
    'takes linear time for %j over and over',
    (part) => {
      const text = part.repeat(Math.ceil(1_000_000 / part.length));
      const begin = process.cpuUsage().user;
      scrubText(text);
      // A quadratic scan of a million characters takes minutes of CPU time; a linear one some milliseconds.
      expect(process.cpuUsage().user - begin).toBeLessThan(5_000_000);
    },
  );
});

describe('withoutSecrets', () => {
  it('drops the secrets of a call, wherever they stand and however they are written', () => {
    const event = {
      id: 'e1',
      data: {
        incomingCallContext: 'S3CRET',
        correlationId: 'c1',
        nested: [
          { IncomingCallContext: 'S3CRET', cp: { deep: 'S3CRET' } },
          { SHRTOKEN: ['S3CRET'], kept: 1 },
        ],
      },
    };
    expect(withoutSecrets(event)).toEqual({
      id: 'e1',
      data: { correlationId: 'c1', nested: [{}, { kept: 1 }] },
    });
  });

  it('empties them in JSON text within the event', () => {
    expect(withoutSecrets({ data: '{"incomingCallContext":"S3CRET","a":1}' })).toEqual({
      data: '{"incomingCallContext":"","a":1}',
    });
  });

  it.each([null, true, 0, 'words, "quoted"', [], {}, [1, ['two', { three: null }]]])(
    'leaves %j as it is',
    (value) => {
      expect(withoutSecrets(value)).toEqual(value);
    },
  );

  it('leaves undefined as it is', () => {
    expect(withoutSecrets(undefined)).toBeUndefined();
  });

  it('does not change its argument', () => {
    const event = { cp: 'S3CRET' };
    withoutSecrets(event);
    expect(event).toEqual({ cp: 'S3CRET' });
  });

  it('copies a key named __proto__ as a key', () => {
    const copy = withoutSecrets(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}');
  });

  it('keeps 64 levels of objects and cuts below them', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(withoutSecrets(nested(64))).toEqual(nested(64));
    const cut = `${'{"a":'.repeat(64)}null${'}'.repeat(64)}`;
    expect(JSON.stringify(withoutSecrets(nested(65)))).toBe(cut);
    expect(JSON.stringify(withoutSecrets(nested(100_000)))).toBe(cut);
  });

  it('keeps 64 levels and cuts below them', () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect(withoutSecrets(nested(64))).toEqual(nested(64));
    expect(JSON.stringify(withoutSecrets(nested(65)))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
    expect(JSON.stringify(withoutSecrets(nested(100_000)))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
  });
});
