import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import type { TableCells, TableRow, TableService, TableStore } from '../storage/tables.ts';
import {
  type Claim,
  type ClaimRequest,
  type ClaimResult,
  decideClaim,
  type EventKey,
  type Ledger,
  type LedgerRecord,
} from './claim.ts';
import { dayTableName, dayTablePrefixes } from './day-tables.ts';
import { decodeOutcomes, encodeOutcomes, foreignOutcomes, mergeOutcomes } from './outcomes.ts';

// Each event has a partition of its own: Azure Tables spreads partitions over servers.
const rowKey = 'event';

// Each round means that another claim wrote the row between our read and our write.
const maxRounds = 5;

/** Returns the key of an event's ledger row within its day: 64 hex digits of source (in lower case), id and type. */
export function eventRowKey({ identity }: EventKey): string {
  const text = JSON.stringify([identity.source.toLowerCase(), identity.id, identity.type]);
  return hash('sha256', text, 'hex');
}

interface LedgerDeps {
  readonly tables: TableService;
  /** A unique id for every claim (`crypto.randomUUID`). */
  readonly newId: () => string;
}

/** The ledger on one table a day, named after the event's UTC day. */
export function createLedger({ tables, newId }: LedgerDeps): Ledger {
  const tableOf = (event: EventKey): TableStore =>
    tables.table(dayTableName(dayTablePrefixes.ledger, event.timeMs));

  return {
    async claim(event, request) {
      const table = tableOf(event);
      const key = eventRowKey(event);
      const first = firstRecord(`${request.owner}/${newId()}`, request);
      for (let round = 0; round < maxRounds; round++) {
        const inserted = await table.insert(key, rowKey, writeLedgerRecord(first));
        if (inserted.kind === 'done') return claimed(event, request, first, inserted.etag);
        const row = await table.get(key, rowKey);
        // Swept between the two requests.
        if (row === undefined) continue;
        const stored = readLedgerRecord(row);
        const decision = decideClaim(stored, first.holder, request);
        if (decision.kind === 'own') return claimed(event, request, stored, row.etag);
        if (decision.kind !== 'take-over') return decision;
        const taken = await table.replace(key, rowKey, writeLedgerRecord(decision.record), row.etag);
        if (taken.kind === 'done') return claimed(event, request, decision.record, taken.etag);
      }
      throw contendedError(key);
    },

    async renew(claim, leaseMs, nowMs) {
      const record = recordOf(claim, { state: 'leased', leaseUntilMs: nowMs + leaseMs });
      const etag = await replaceOwn(tableOf(claim.event), claim, record);
      return etag === undefined
        ? { kind: 'lost' }
        : { kind: 'renewed', claim: { ...claim, etag, leaseUntilMs: record.leaseUntilMs } };
    },

    async settle(claim, outcomes, { final, nowMs }) {
      const ended = recordOf(claim, { state: final ? 'settled' : 'released', leaseUntilMs: nowMs });
      const record = { ...ended, outcomes: mergeOutcomes(claim.outcomes, outcomes) };
      const etag = await replaceOwn(tableOf(claim.event), claim, record);
      return { kind: etag === undefined ? 'lost' : 'settled' };
    },
  };
}

/**
 * Replaces the row that a claim holds, and returns its new version; undefined when the claim holds it no longer. A version
 * that is newer than the claim knows may be its own: the storage SDK repeats a write whose answer was lost, and then takes
 * its own write for a foreign one; or a renewal arrived although it had failed.
 */
async function replaceOwn(
  table: TableStore,
  claim: Claim,
  record: LedgerRecord,
): Promise<string | undefined> {
  const key = eventRowKey(claim.event);
  const cells = writeLedgerRecord(record);
  let etag = claim.etag;
  for (let round = 0; round < maxRounds; round++) {
    const written = await table.replace(key, rowKey, cells, etag);
    if (written.kind === 'done') return written.etag;
    const row = await table.get(key, rowKey);
    if (row === undefined) return undefined;
    if (isSame(row.cells, cells)) return row.etag;
    if (row.cells['holder'] !== claim.holder || row.cells['state'] !== 'leased') return undefined;
    etag = row.etag;
  }
  throw contendedError(key);
}

function firstRecord(holder: string, request: ClaimRequest): LedgerRecord {
  return {
    holder,
    state: 'leased',
    leaseUntilMs: request.nowMs + request.leaseMs,
    attempt: 1,
    payloadHash: request.payloadHash,
    contentHash: request.contentHash,
    foreign: { cells: {}, outcomes: new Map() },
    outcomes: new Map(),
    unlisted: 'untried',
  };
}

function recordOf(claim: Claim, lease: Pick<LedgerRecord, 'state' | 'leaseUntilMs'>): LedgerRecord {
  const { holder, attempt, payloadHash, contentHash, foreign, outcomes, unlisted } = claim;
  return { holder, attempt, payloadHash, contentHash, foreign, outcomes, unlisted, ...lease };
}

function claimed(event: EventKey, request: ClaimRequest, record: LedgerRecord, etag: string): ClaimResult {
  const {
    holder,
    leaseUntilMs,
    attempt,
    payloadHash,
    contentHash = request.contentHash,
    outcomes,
    unlisted,
    foreign,
  } = record;
  const claim: Claim = {
    event: { identity: event.identity, timeMs: event.timeMs },
    holder,
    etag,
    leaseUntilMs,
    attempt,
    payloadHash,
    contentHash,
    foreign,
    outcomes,
    unlisted,
  };
  return { kind: 'claimed', claim };
}

function contendedError(key: string): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `The ledger row ${key} changed ${maxRounds} times while it was being written. The next delivery of the event retries.`,
  });
}

function isSame(stored: TableCells, written: TableCells): boolean {
  return Object.entries(written).every(([name, value]) => stored[name] === value);
}

// Two versions share the ledger during a deployment. A state that this version does not know is somebody's work: it
// counts as leased until its lease ends. A word for the other pushes that it does not know counts as `unknown`.
const cells = z.object({
  holder: z.string(),
  state: z.pipe(
    z.string(),
    z.transform((state) => (state === 'released' || state === 'settled' ? state : 'leased')),
  ),
  leaseUntilMs: z.number(),
  attempt: z.int().check(z.minimum(1)),
  payloadHash: z.string(),
  contentHash: z.optional(z.string()),
  outcomes: z.string(),
  unlisted: z.pipe(
    z.string(),
    z.transform((word) => (word === 'untried' ? word : 'unknown')),
  ),
});

/**
 * Reads a ledger row.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the relay did not write the row.
 */
export function readLedgerRecord(row: TableRow): LedgerRecord {
  const parsed = cells.safeParse(row.cells);
  if (!parsed.success) throw unreadableRowError(row.partitionKey, parsed.error);
  const { contentHash, ...known } = parsed.data;
  const outcomes = decodeOutcomes(known.outcomes);
  if (outcomes === undefined) throw unreadableRowError(row.partitionKey);
  const foreign = {
    cells: Object.fromEntries(Object.entries(row.cells).filter(([name]) => !(name in cells.shape))),
    outcomes: foreignOutcomes(known.outcomes),
  };
  return { ...known, ...(contentHash === undefined ? {} : { contentHash }), outcomes, foreign };
}

/** Returns the cells of a ledger row. Outcomes that do not fit are left out, and `unlisted` is then `unknown`. */
export function writeLedgerRecord(record: LedgerRecord): TableCells {
  const { foreign, ...known } = record;
  const { text, complete } = encodeOutcomes(record.outcomes, foreign.outcomes);
  return { ...foreign.cells, ...known, outcomes: text, unlisted: complete ? record.unlisted : 'unknown' };
}

// The partition is a hash, so it may be shown.
function unreadableRowError(partition: string, cause?: unknown): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `The ledger row in partition ${partition} is unreadable: the relay did not write it. Delete the row, or find out what changed it.`,
    cause,
  });
}
