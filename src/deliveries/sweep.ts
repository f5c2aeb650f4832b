import type { TableService } from '../storage/table-service.ts';
import { dayTableName } from './day-table-name.ts';
import { dayTablePrefixes } from './day-table-prefixes.ts';

/** What to sweep. */
export interface SweepOptions {
  readonly tables: TableService;
  readonly nowMs: number;
  /** Whole days to keep beside today, in UTC. At least 2: Event Grid redelivers for 24 hours. */
  readonly keepDays: number;
}

/** What a sweep did. Names of tables, oldest first within their kind. */
export interface SweepReport {
  readonly dropped: readonly string[];
  /** Tables that are due but could not be dropped; the next sweep tries them again. */
  readonly failed: readonly { readonly table: string; readonly error: unknown }[];
}

const DAY_MS = 24 * 60 * 60_000;
const FEWEST_DAYS = 2;

/**
 * Drops the ledger's and the call memory's tables of days that are over for long enough. No row is read. One table
 * that cannot be dropped keeps no other from going, and a sweep that was cut short is finished by the next.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables cannot even be listed.
 */
export async function sweep({ tables, nowMs, keepDays }: SweepOptions): Promise<SweepReport> {
  const keptMs = nowMs - Math.max(keepDays, FEWEST_DAYS) * DAY_MS;
  const dropped: string[] = [];
  const failed: { table: string; error: unknown }[] = [];
  for (const prefix of Object.values(dayTablePrefixes)) {
    const firstKept = dayTableName(prefix, keptMs);
    for (const name of await tables.listTables(prefix)) {
      // Only names of days, in which order of text is order of time; other tables may begin with the same letters.
      if (!/^\d{8}$/.test(name.slice(prefix.length)) || name >= firstKept) continue;
      try {
        await tables.dropTable(name);
        dropped.push(name);
      } catch (error) {
        failed.push({ table: name, error });
      }
    }
  }
  return { dropped, failed };
}
