import { expect, it } from 'vitest';
import { dayTableName } from '../../../src/deliveries/day-tables.ts';

it('names the table of a day', () => {
  expect(dayTableName('deliveries', 1_795_391_999_999)).toBe('deliveries20261122');
});
