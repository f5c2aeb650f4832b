import { describe, expect, it } from 'vitest';
import { describeAnswer } from '../../../src/notification-hubs/classify-response.ts';

const xml = (detail: string): string => `<Error><Code>400</Code><Detail>${detail}</Detail></Error>`;

describe('describeAnswer', () => {
  it('gives the detail of the hub with its trace id', () => {
    expect(
      describeAnswer(
        400,
        xml(
          'The supplied notification payload is invalid.TrackingId:5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2, ' +
            'TimeStamp:11/22/2026 9:00:00 AM',
        ),
        [],
      ),
    ).toBe(
      'HTTP 400: The supplied notification payload is invalid.TrackingId:5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2, ' +
        'TimeStamp:11/22/2026 9:00:00 AM',
    );
  });

  it.each([
    '',
    'oops',
    '<html><h1>Bad Gateway</h1></html>',
    '<Detail>no end',
    'no start</Detail>',
    xml('  '),
  ])('gives only the status for %j', (body) => {
    expect(describeAnswer(502, body, [])).toBe('HTTP 502');
  });

  it('decodes entities once', () => {
    expect(describeAnswer(400, xml('a &lt; b &amp;amp; c &gt; d &unknown;'), [])).toBe(
      'HTTP 400: a < b &amp; c > d &unknown;',
    );
  });

  it('removes known secrets, quotes, JSON, long opaque words and control characters', () => {
    expect(describeAnswer(400, xml('The handle abc-123 is bad, abc-123!'), ['', 'abc-123'])).toBe(
      'HTTP 400: The handle [redacted] is bad, [redacted]!',
    );
    expect(describeAnswer(400, xml("The hub's tag &quot;hello Ann&quot; and 'x y' are bad"), [])).toBe(
      "HTTP 400: The hub's tag [redacted] and [redacted] are bad",
    );
    expect(describeAnswer(400, xml('Bad payload {"aps":{"alert":"hi"}}\n more'), [])).toBe(
      'HTTP 400: Bad payload [redacted]',
    );
    expect(
      describeAnswer(401, xml('MalformedToken: sig=TG745KUTBc0CS3QDLqMwSEXaW5sa7FECwMFBF5ntNZ4=.'), []),
    ).toBe('HTTP 401: MalformedToken: [redacted].');
    expect(describeAnswer(400, xml('a\r\n\tb\u0000c\u202ed'), [])).toBe('HTTP 400: a b c d');
  });

  it('cuts the detail at 200 characters, never leaving half a character', () => {
    expect(describeAnswer(400, xml('ab '.repeat(100)), [])).toBe(`HTTP 400: ${'ab '.repeat(66)}a…`);
    expect(describeAnswer(400, xml(`${'a b '.repeat(49)}a 😀😀`), []).isWellFormed()).toBe(true);
  });

  it('stays fast on a body made to be slow', () => {
    const body = '<Detail>'.repeat(2048);
    expect(describeAnswer(400, body, [])).toBe('HTTP 400');
    expect(describeAnswer(400, xml("'".repeat(16_000)), [])).toMatch(/^HTTP 400: /);
  });
});
