import { describe, expect, it } from 'vitest';
import { scrubText } from '../../../src/deliveries/call-secrets.ts';

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
