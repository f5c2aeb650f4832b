import { describe, expect, it } from 'vitest';
import {
  type LedgerRecord,
  readLedgerRecord,
  writeLedgerRecord,
} from '../../../src/deliveries/ledger-row.ts';

const record: LedgerRecord = {
  holder: 'invocation-7/id-1',
  state: 'released',
  leaseUntilMs: 1_795_338_000_000,
  attempt: 3,
  payloadHash: 'h1',
  outcomes: new Map([['a', 'accepted']]),
  unlisted: 'untried',
};

describe('writeLedgerRecord', () => {
  it('makes one cell of each part', () => {
    expect(writeLedgerRecord(record)).toEqual({
      holder: 'invocation-7/id-1',
      state: 'released',
      leaseUntilMs: 1_795_338_000_000,
      attempt: 3,
      payloadHash: 'h1',
      outcomes: '{"accepted":["a"]}',
      unlisted: 'untried',
    });
  });

  it('is read back as it was', () => {
    const cells = writeLedgerRecord(record);
    expect(readLedgerRecord({ partitionKey: 'p', rowKey: 'r', etag: 'v1', cells })).toEqual(record);
  });

  it('counts outcomes that found no room as unknown', () => {
    const tooMuch = new Map([['k'.repeat(40_000), 'accepted']] as const);
    expect(writeLedgerRecord({ ...record, outcomes: tooMuch })).toMatchObject({
      outcomes: '{}',
      unlisted: 'unknown',
    });
  });
});
