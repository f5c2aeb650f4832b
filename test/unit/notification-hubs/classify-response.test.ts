import { describe, expect, it } from 'vitest';
import {
  classifyResponse,
  classifyTransportResult,
  describeAnswer,
  parseRetryAfter,
} from '../../../src/notification-hubs/classify-response.ts';

const context = { nowMs: 1_795_338_000_000, secrets: ['handle-1'] };
const answer = (status: number, headers: Record<string, string> = {}, body = '') =>
  classifyResponse({ kind: 'response', status, headers, body }, context);

describe('classifyResponse', () => {
  it.each([200, 201])('accepts on %i and reads the ids', (status) => {
    expect(
      answer(status, {
        location: 'https://contoso.servicebus.windows.net/calls/messages/1234567890-abc?api-version=2015-04',
        trackingid: '5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2',
      }),
    ).toEqual({
      kind: 'accepted',
      notificationId: '1234567890-abc',
      trackingId: '5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2',
    });
  });

  it.each([
    [{}],
    [{ location: 'https://contoso.servicebus.windows.net/', trackingid: '' }],
    [{ location: '/calls/messages/', trackingid: 'a b' }],
    [{ location: '/calls/messages/a/b', trackingid: 'x'.repeat(201) }],
    [{ location: `/calls/messages/${'x'.repeat(201)}` }],
  ])('accepts without ids for the headers %j', (headers) => {
    expect(answer(201, headers)).toEqual({ kind: 'accepted' });
  });

  it('reads the id from a relative location and from one without a query', () => {
    expect(answer(201, { location: '/my%20hub/Messages/a.b_c-1#x' })).toEqual({
      kind: 'accepted',
      notificationId: 'a.b_c-1',
    });
  });

  it.each([400, 413])('rejects on %i, with a redacted detail', (status) => {
    expect(
      answer(status, {}, '<Error><Code>400</Code><Detail>Bad handle handle-1.</Detail></Error>'),
    ).toEqual({ kind: 'rejected', status, detail: `HTTP ${status}: Bad handle [redacted].` });
  });

  it.each([
    [429, {}, {}],
    [429, { 'retry-after': '10' }, { retryAfterMs: 10_000 }],
    [429, { 'retry-after': 'Sun, 22 Nov 2026 09:00:05 GMT' }, { retryAfterMs: 5_000 }],
    [403, { 'retry-after': '1' }, { retryAfterMs: 1_000 }],
    [403, { 'retry-after': 'soon' }, {}],
    [403, { 'retry-after': '' }, {}],
  ])('is throttled on %i with %j', (status, headers, retryAfter) => {
    expect(answer(status, headers)).toEqual({ kind: 'throttled', status, ...retryAfter });
  });

  it.each([408, 500, 501, 502, 503, 504, 505, 599])('is unavailable on %i', (status) => {
    expect(answer(status)).toEqual({ kind: 'unavailable', status, detail: `HTTP ${status}` });
    expect(answer(status, { 'retry-after': '3' })).toEqual({
      kind: 'unavailable',
      status,
      detail: `HTTP ${status}`,
      retryAfterMs: 3_000,
    });
  });

  it.each([401, 403, 404, 300, 301, 302, 304, 307, 308, 402, 405, 407, 409, 410, 411, 415, 431, 499])(
    'is misconfigured on %i',
    (status) => {
      expect(answer(status)).toEqual({ kind: 'misconfigured', status, detail: `HTTP ${status}` });
    },
  );

  it.each([0, 100, 199, 202, 203, 204, 206, 299, 600, 999])('is unknown on %i', (status) => {
    expect(answer(status)).toEqual({ kind: 'unknown', detail: `HTTP ${status}` });
  });
});

const noSecrets = { nowMs: 0, secrets: [] };

describe('classifyTransportResult', () => {
  it('judges an answer by its status', () => {
    expect(
      classifyTransportResult({ kind: 'response', status: 201, headers: {}, body: '' }, noSecrets),
    ).toEqual({
      kind: 'accepted',
    });
  });

  it('is unavailable when nothing left', () => {
    expect(classifyTransportResult({ kind: 'not-sent', reason: 'ECONNREFUSED' }, noSecrets)).toEqual({
      kind: 'unavailable',
      detail: 'not sent (ECONNREFUSED)',
    });
  });

  it('is unknown when bytes left and no answer came', () => {
    expect(classifyTransportResult({ kind: 'no-answer', reason: 'TIMEOUT' }, noSecrets)).toEqual({
      kind: 'unknown',
      detail: 'sent, but no answer (TIMEOUT)',
    });
  });
});

const xml = (detail: string): string => `<Error><Code>400</Code><Detail>${detail}</Detail></Error>`;

describe('describeAnswer', () => {
  it('returns the detail of the hub with its trace id', () => {
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
  ])('returns only the status for %j', (body) => {
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

// Sun, 22 Nov 2026 09:00:00 GMT
const nowMs = 1_795_338_000_000;

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['10', 10_000],
    [' 7 ', 7_000],
    ['86400', 86_400_000],
    ['86401', 86_400_000],
    ['999999999999999', 86_400_000],
    ['Sun, 22 Nov 2026 09:00:30 GMT', 30_000],
    ['Sunday, 22-Nov-26 09:01:00 GMT', 60_000],
    ['Sun Nov 22 09:02:00 2026', 120_000],
    ['Wed Dec  2 09:00:00 2026', 86_400_000],
    ['Sun, 22 Nov 2026 08:59:59 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Mon, 22 Nov 2027 09:00:00 GMT', 86_400_000],
  ])('reads %j as %i ms', (value, waitMs) => {
    expect(parseRetryAfter(value, nowMs)).toBe(waitMs);
  });

  it.each([
    undefined,
    '',
    '  ',
    '-1',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '10s',
    '5, 5',
    '9999999999999999',
    'soon',
    'Infinity',
    'Sun, 22 Nov 2026 09:00:30',
    'Sun, 22 Nov 2026 09:00:30 CET',
    'Sun, 22 Nov 2026 25:61:30 GMT',
    'Sun, 22 Foo 2026 09:00:30 GMT',
    '2026-11-22T09:00:30Z',
  ])('reads no wait from %j', (value) => {
    expect(parseRetryAfter(value, nowMs)).toBeUndefined();
  });
});
