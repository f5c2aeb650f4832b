import * as z from 'zod/mini';
import type { TableRow } from '../storage/table-store.ts';
import { decodeOutcomes } from './decode-outcomes.ts';
import type { LedgerRecord } from './ledger-record.ts';
import { unreadableRowError } from './unreadable-row-error.ts';

const cells = z.object({
  holder: z.string(),
  state: z.enum(['leased', 'released', 'settled']),
  leaseUntilMs: z.number(),
  attempt: z.int().check(z.minimum(1)),
  payloadHash: z.string(),
  outcomes: z.string(),
  unlisted: z.enum(['untried', 'unknown']),
});

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
