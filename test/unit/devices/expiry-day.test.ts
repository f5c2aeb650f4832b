import { describe, expect, it } from 'vitest';
import { expiryDay } from '../../../src/devices/expiry-day.ts';

describe('expiryDay', () => {
  it.each([
    [0, '19700101'],
    [1_793_404_799_999, '20261030'],
    [1_793_404_800_000, '20261031'],
    [253_402_214_400_000, '99991231'],
    [253_402_300_800_000, '99991231'],
    [1e300, '99991231'],
  ])('of %d is %s', (timeMs, day) => {
    expect(expiryDay(timeMs)).toBe(day);
  });
});
