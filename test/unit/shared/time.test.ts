import { describe, expect, it } from 'vitest';
import { dayDigits } from '../../../src/shared/time.ts';

describe('dayDigits', () => {
  it.each([
    ['the last millisecond of a day', 1_795_391_999_999, '20261122'],
    ['the first millisecond of the next', 1_795_392_000_000, '20261123'],
    ['the last millisecond of the 30th', 1_793_404_799_999, '20261030'],
    ['the first millisecond of the 31st', 1_793_404_800_000, '20261031'],
    ['the first supported moment', 0, '19700101'],
    ['a moment before that', -1, '19700101'],
    ['the last supported day', 253_402_214_400_000, '99991231'],
    ['a day after that', 253_402_300_800_000, '99991231'],
    ['a time beyond the range of Date', 9e15, '99991231'],
    ['a number far beyond that', 1e300, '99991231'],
  ])('formats or clamps %s', (_, timeMs, digits) => {
    expect(dayDigits(timeMs)).toBe(digits);
  });
});
