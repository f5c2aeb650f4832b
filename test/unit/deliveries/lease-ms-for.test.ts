import { describe, expect, it } from 'vitest';
import { leaseMsFor } from '../../../src/deliveries/claim.ts';

describe('leaseMsFor', () => {
  it.each([
    ['the ring ends first', 10_000, 15_000, 20_000, 7_000],
    ['the budget ends first', 10_000, 15_000, 14_000, 6_000],
    ['a chat push lives for a day', 10_000, 86_400_000, 86_400_000, 10_000],
    ['exactly the longest', 10_000, 18_000, 90_000, 10_000],
    ['just below the longest', 10_000, 17_999, 90_000, 9_999],
    ['the deadline is now', 10_000, 10_000, 20_000, 2_000],
    ['the deadline is over', 10_000, 1, 20_000, 2_000],
  ])('%s', (_, nowMs, deadlineMs, budgetEndsMs, leaseMs) => {
    expect(leaseMsFor({ nowMs, deadlineMs, budgetEndsMs })).toBe(leaseMs);
  });
});
