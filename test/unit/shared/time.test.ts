import { describe, expect, it } from 'vitest';
import { dayDigits } from '../../../src/shared/time.ts';

describe('dayDigits', () => {
  it.each([
    ['the last millisecond of a day', 1_795_391_999_999, '20261122'],
    ['the first millisecond of the next', 1_795_392_000_000, '20261123'],
    ['the first moment there is', 0, '19700101'],
    ['a moment before it', -1, '19700101'],
    ['the last day there is', 253_402_214_400_000, '99991231'],
    ['a day after it', 253_402_300_800_000, '99991231'],
    ['no time a Date can hold', 9e15, '99991231'],
  ])('%s', (_, timeMs, digits) => {
    expect(dayDigits(timeMs)).toBe(digits);
  });
});

describe('dayDigits of an expiry', () => {
  it.each([
    [0, '19700101'],
    [1_793_404_799_999, '20261030'],
    [1_793_404_800_000, '20261031'],
    [253_402_214_400_000, '99991231'],
    [253_402_300_800_000, '99991231'],
    [1e300, '99991231'],
  ])('of %d is %s', (timeMs, day) => {
    expect(dayDigits(timeMs)).toBe(day);
  });
});
