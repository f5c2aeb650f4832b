import { describe, expect, it } from 'vitest';
import { classifyResponse } from '../../../src/notification-hubs/classify-response.ts';

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

  it.each([0, 100, 199, 202, 203, 204, 206, 299, 600, 999])('does not know what %i means', (status) => {
    expect(answer(status)).toEqual({ kind: 'unknown', detail: `HTTP ${status}` });
  });
});
