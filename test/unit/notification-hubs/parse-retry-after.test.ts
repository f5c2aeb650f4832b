import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/notification-hubs/classify-response.ts';

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
  ])('finds nothing in %j', (value) => {
    expect(parseRetryAfter(value, nowMs)).toBeUndefined();
  });
});
