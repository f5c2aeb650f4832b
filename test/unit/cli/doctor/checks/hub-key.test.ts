import { describe, expect, it } from 'vitest';
import { checkClock } from '../../../../../src/cli/doctor/checks/hub-key.ts';

const nineMs = Date.UTC(2026, 10, 22, 9);
const reading = (sentMs: number, receivedMs: number) => ({
  sentAtMs: nineMs + sentMs,
  receivedAtMs: nineMs + receivedMs,
  dateMs: nineMs,
});

describe('checkClock', () => {
  it.each([
    ['in the second of the answer', 200, 300],
    ['a slow answer, whose date can be of any moment of it', -9_000, 9_000],
    ['5 s ahead of the end of that second', 6_000, 6_100],
    ['5 s behind its begin', -5_100, -5_000],
  ])('accepts a reading %s', (_what, sentMs, receivedMs) => {
    expect(checkClock(reading(sentMs, receivedMs)).kind).toBe('ok');
  });

  it.each([
    ['6001 ms after the date', 6_001, 6_100, "This machine's clock is 5 s ahead of the hub's."],
    ['a minute after it', 61_000, 61_100, "This machine's clock is 60 s ahead of the hub's."],
    ['5001 ms before it', -5_100, -5_001, "This machine's clock is 5 s behind the hub's."],
    ['a day before it', -86_400_100, -86_400_000, "This machine's clock is 86400 s behind the hub's."],
  ])('rejects a reading %s', (_what, sentMs, receivedMs, why) => {
    const finding = checkClock(reading(sentMs, receivedMs));
    expect(finding.kind).toBe('wrong');
    expect(finding.why).toContain(why);
  });

  it('returns could-not-check without a date', () => {
    expect(checkClock(undefined).kind).toBe('could-not-check');
  });
});
