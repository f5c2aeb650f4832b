import { expect, it } from 'vitest';
import { prepareDayTables } from '../../../src/deliveries/day-tables.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';

it('makes the tables of the next UTC day', async () => {
  const tables = createMemoryTableService();
  // 2026-12-31T03:17:00Z
  await prepareDayTables(tables, 1_798_687_020_000);
  expect(await tables.listTables('')).toEqual(['calls20270101', 'deliveries20270101']);
});
