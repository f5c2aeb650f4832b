import { RelayError } from '../errors/errors.ts';
import { dayDigits } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';

/** What the names of the day tables begin with. */
export const dayTablePrefixes = { ledger: 'deliveries', calls: 'calls' } as const;

const dayMs = 24 * 60 * 60_000;
const fewestDays = 2;

/**
 * The name of the table that holds the rows of one UTC day, such as `deliveries20261122`. Old rows go by dropping
 * whole tables: Azure Tables cannot drop a partition, only delete its rows one by one.
 *
 * @param prefix letters only
 * @param timeMs epoch milliseconds
 */
export function dayTableName(prefix: string, timeMs: number): string {
  return prefix + dayDigits(timeMs);
}

/**
 * Makes tomorrow's tables of the ledger and the call memory today. Without them the first ring after midnight UTC would
 * wait for its table to be made: three requests instead of one.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function prepareDayTables(tables: TableService, nowMs: number): Promise<void> {
  const names = Object.values(dayTablePrefixes).map((prefix) => dayTableName(prefix, nowMs + dayMs));
  await Promise.all(names.map(tables.makeTable));
}

/** What to sweep. */
interface SweepOptions {
  readonly tables: TableService;
  readonly nowMs: number;
  /** Whole days to keep beside today, in UTC. At least 2: Event Grid redelivers for 24 hours. */
  readonly keepDays: number;
}

/** What a sweep did. Names of tables, oldest first within their kind. */
interface SweepReport {
  readonly dropped: readonly string[];
  /** Tables that are due but could not be dropped; the next sweep tries them again. */
  readonly failed: readonly { readonly table: string; readonly error: unknown }[];
}

/**
 * Drops the ledger's and the call memory's tables of days that are over for long enough. No row is read. One table
 * that cannot be dropped keeps no other from going, and a sweep that was cut short is finished by the next.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables cannot even be listed.
 */
export async function sweep({ tables, nowMs, keepDays }: SweepOptions): Promise<SweepReport> {
  const keptMs = nowMs - Math.max(keepDays, fewestDays) * dayMs;
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

/** The error for a stored row that the relay cannot have written. `partition` is a hash, so it may be shown. */
export function unreadableRowError(what: string, partition: string, cause?: unknown): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `The ${what} row in partition ${partition} cannot be read: it is not what the relay writes. Delete the row, or find who changed it.`,
    cause,
  });
}
