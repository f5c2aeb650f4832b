import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/notification-hubs/classify-response.ts';

const dayMs = 86_400_000;
const epochMs = fc.integer({ min: 0, max: 4_102_444_800_000 });

describe('parseRetryAfter for any header', () => {
  it('returns undefined or 0 to 24 hours for any text, and never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/),
      fc.stringMatching(/^-?\d{1,400}(?:\.\d+)?$/),
    );
    fc.assert(
      fc.property(text, epochMs, (value, nowMs) => {
        const waitMs = parseRetryAfter(value, nowMs);
        if (waitMs === undefined) return;
        expect(Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= dayMs).toBe(true);
      }),
    );
  });

  it('reads every number of seconds below a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400 }), epochMs, (seconds, nowMs) => {
        expect(parseRetryAfter(String(seconds), nowMs)).toBe(seconds * 1000);
      }),
    );
  });

  it('reads every HTTP date of the next day', () => {
    fc.assert(
      fc.property(epochMs, fc.integer({ min: 0, max: 86_400 }), (startMs, seconds) => {
        const nowMs = Math.floor(startMs / 1000) * 1000;
        const date = new Date(nowMs + seconds * 1000).toUTCString();
        expect(parseRetryAfter(date, nowMs)).toBe(seconds * 1000);
      }),
    );
  });
});
