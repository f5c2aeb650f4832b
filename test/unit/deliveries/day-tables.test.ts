import { describe, expect, it } from 'vitest';
import { dayTableName, dayTablePrefixes, prepareDayTables } from '../../../src/deliveries/day-tables.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';

describe('the day tables', () => {
  it('are named after their day', () => {
    expect(dayTableName('deliveries', 1_795_391_999_999)).toBe('deliveries20261122');
  });

  it('keep the prefixes that deployed storage accounts have', () => {
    expect(dayTablePrefixes).toEqual({ ledger: 'deliveries', calls: 'calls', messages: 'messages' });
  });

  it('are created for the next UTC day', async () => {
    const tables = createMemoryTableService();
    // 2026-12-31T03:17:00Z
    await prepareDayTables(tables, 1_798_687_020_000);
    expect(await tables.listTables('')).toEqual(['calls20270101', 'deliveries20270101', 'messages20270101']);
  });
});
