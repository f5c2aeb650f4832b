import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import type { TableCells, TableRow } from '../storage/tables.ts';
import { decodeOutcomes, encodeOutcomes, type Outcomes } from './outcomes.ts';

/** What one row of the ledger says about its event. */
export interface LedgerRecord {
  /** The claim that wrote it, unique to that claim. */
  readonly holder: string;
  /**
   * `leased`: somebody is at work, or died at it; the lease itself is the mark that pushes may be on their way.
   * `released`: given back unfinished, free at once whatever the clocks say. `settled`: done.
   */
  readonly state: 'leased' | 'released' | 'settled';
  /** End of the lease, epoch milliseconds. */
  readonly leaseUntilMs: number;
  /** 1 for the first claim, one more for every take-over. */
  readonly attempt: number;
  readonly payloadHash: string;
  readonly outcomes: Outcomes;
  /** What pushes that `outcomes` does not list must count as: `unknown` once an owner died or the list was cut. */
  readonly unlisted: 'untried' | 'unknown';
}

const cells = z.object({
  holder: z.string(),
  state: z.enum(['leased', 'released', 'settled']),
  leaseUntilMs: z.number(),
  attempt: z.int().check(z.minimum(1)),
  payloadHash: z.string(),
  outcomes: z.string(),
  unlisted: z.enum(['untried', 'unknown']),
});

/** The error for a stored row that the relay cannot have written. `partition` is a hash, so it may be shown. */
export function unreadableRowError(what: string, partition: string, cause?: unknown): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `The ${what} row in partition ${partition} cannot be read: it is not what the relay writes. Delete the row, or find who changed it.`,
    cause,
  });
}

/**
 * Reads a ledger row.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the row is not one the relay wrote.
 */
export function readLedgerRecord(row: TableRow): LedgerRecord {
  const parsed = cells.safeParse(row.cells);
  if (!parsed.success) throw unreadableRowError('ledger', row.partitionKey, parsed.error);
  const outcomes = decodeOutcomes(parsed.data.outcomes);
  if (outcomes === undefined) throw unreadableRowError('ledger', row.partitionKey);
  return { ...parsed.data, outcomes };
}

/** The cells of a ledger row. Outcomes that find no room are left out, and `unlisted` then says `unknown`. */
export function writeLedgerRecord(record: LedgerRecord): TableCells {
  const { text, complete } = encodeOutcomes(record.outcomes);
  return { ...record, outcomes: text, unlisted: complete ? record.unlisted : 'unknown' };
}
