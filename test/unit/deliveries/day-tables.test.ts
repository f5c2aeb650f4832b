import { describe, expect, it } from 'vitest';
import {
  dayTableName,
  dayTablePrefixes,
  prepareDayTables,
  unreadableRowError,
} from '../../../src/deliveries/day-tables.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';

it('names the table of a day', () => {
  expect(dayTableName('deliveries', 1_795_391_999_999)).toBe('deliveries20261122');
});

it('names stay what deployed storage accounts have', () => {
  expect(dayTablePrefixes).toEqual({ ledger: 'deliveries', calls: 'calls' });
});

it('makes the tables of the next UTC day', async () => {
  const tables = createMemoryTableService();
  // 2026-12-31T03:17:00Z
  await prepareDayTables(tables, 1_798_687_020_000);
  expect(await tables.listTables('')).toEqual(['calls20270101', 'deliveries20270101']);
});

describe('unreadableRowError', () => {
  it('says which row, and keeps the cause', () => {
    const cause = new Error('why');
    expect(unreadableRowError('call memory', 'abc123', cause)).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      class: 'provider',
      message:
        'The call memory row in partition abc123 cannot be read: it is not what the relay writes. Delete the row, or find who changed it.',
      cause,
    });
  });
});
