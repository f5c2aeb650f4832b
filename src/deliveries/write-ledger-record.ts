import type { TableCells } from '../storage/table-store.ts';
import { encodeOutcomes } from './encode-outcomes.ts';
import type { LedgerRecord } from './ledger-record.ts';

/** The cells of a ledger row. Outcomes that find no room are left out, and `unlisted` then says `unknown`. */
export function writeLedgerRecord(record: LedgerRecord): TableCells {
  const { text, complete } = encodeOutcomes(record.outcomes);
  return { ...record, outcomes: text, unlisted: complete ? record.unlisted : 'unknown' };
}
