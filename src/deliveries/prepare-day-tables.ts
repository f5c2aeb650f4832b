import type { TableService } from '../storage/table-service.ts';
import { dayTableName } from './day-table-name.ts';
import { dayTablePrefixes } from './day-table-prefixes.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Makes tomorrow's tables of the ledger and the call memory today. Without them the first ring after midnight UTC would
 * wait for its table to be made: three requests instead of one.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function prepareDayTables(tables: TableService, nowMs: number): Promise<void> {
  const names = Object.values(dayTablePrefixes).map((prefix) => dayTableName(prefix, nowMs + DAY_MS));
  await Promise.all(names.map(tables.makeTable));
}
