import { expect, it } from 'vitest';
import { dayTablePrefixes } from '../../../src/deliveries/day-tables.ts';

it('names stay what deployed storage accounts have', () => {
  expect(dayTablePrefixes).toEqual({ ledger: 'deliveries', calls: 'calls' });
});
