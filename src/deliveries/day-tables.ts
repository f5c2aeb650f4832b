import { dayDigits, dayMs } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';

/** The prefixes of the day tables' names. */
export const dayTablePrefixes = { ledger: 'deliveries', calls: 'calls', messages: 'messages' } as const;

const fewestDays = 2;

/**
 * Names the table that holds the rows of one UTC day, such as `deliveries20261122`. Old rows are removed by dropping
 * whole tables: Azure Tables cannot drop a partition, only delete its rows one by one.
 *
 * @param prefix letters only
 * @param timeMs epoch milliseconds
 */
export function dayTableName(prefix: string, timeMs: number): string {
  return prefix + dayDigits(timeMs);
}

/**
 * Creates tomorrow's tables today. Otherwise the first ring after midnight UTC would wait until its table is created:
 * three requests instead of one.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function prepareDayTables(tables: TableService, nowMs: number): Promise<void> {
  const names = Object.values(dayTablePrefixes).map((prefix) => dayTableName(prefix, nowMs + dayMs));
  await Promise.all(names.map(tables.makeTable));
}

interface SweepOptions {
  readonly tables: TableService;
  readonly nowMs: number;
  /** Whole days to keep beside today, in UTC. At least 2: Event Grid redelivers for 24 hours. */
  readonly keepDays: number;
  /** How long a chat push lives. The ledger and the memory of messages are kept as long as one can still be sent. */
  readonly chatTtlMs: number;
}

/** Names of tables, oldest first within each prefix. */
interface SweepReport {
  readonly dropped: readonly string[];
  /** Tables that could not be dropped; the next sweep retries them. */
  readonly failed: readonly { readonly table: string; readonly error: unknown }[];
}

/**
 * Drops the day tables that are older than they must be kept, and those that are as far in the future: an event with a
 * wrong date made them. No row is read. A table that cannot be dropped does not keep the others, and the next sweep
 * finishes one that was cut short.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables cannot be listed.
 */
export async function sweep({ tables, nowMs, keepDays, chatTtlMs }: SweepOptions): Promise<SweepReport> {
  const callDays = Math.max(keepDays, fewestDays);
  const chatDays = Math.max(callDays, Math.ceil(chatTtlMs / dayMs));
  const dropped: string[] = [];
  const failed: { table: string; error: unknown }[] = [];
  for (const prefix of Object.values(dayTablePrefixes)) {
    const keptMs = (prefix === dayTablePrefixes.calls ? callDays : chatDays) * dayMs;
    const firstKept = dayTableName(prefix, nowMs - keptMs);
    const lastKept = dayTableName(prefix, nowMs + keptMs);
    for (const name of await tables.listTables(prefix)) {
      // Names of days sort by time. Other tables may begin with the same letters.
      if (!/^\d{8}$/.test(name.slice(prefix.length)) || (name >= firstKept && name <= lastKept)) continue;
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
