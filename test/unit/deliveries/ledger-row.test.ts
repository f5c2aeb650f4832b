import { describe, expect, it } from 'vitest';
import {
  type LedgerRecord,
  readLedgerRecord,
  unreadableRowError,
  writeLedgerRecord,
} from '../../../src/deliveries/ledger-row.ts';

const cells = {
  holder: 'invocation-7/id-1',
  state: 'settled',
  leaseUntilMs: 1_795_338_000_000,
  attempt: 1,
  payloadHash: 'h1',
  outcomes: '{"accepted":["a"]}',
  unlisted: 'unknown',
};
const row = { partitionKey: 'abc123', rowKey: 'event', etag: 'v1' };

describe('readLedgerRecord', () => {
  it('reads a row', () => {
    expect(readLedgerRecord({ ...row, cells })).toEqual({
      ...cells,
      outcomes: new Map([['a', 'accepted']]),
    });
  });

  it.each([
    { state: 'done' },
    { attempt: 0 },
    { attempt: 1.5 },
    { leaseUntilMs: 'soon' },
    { payloadHash: 1 },
    { holder: true },
    { unlisted: 'accepted' },
    { outcomes: 7 },
    { outcomes: '{"sent":["a"]}' },
  ])('refuses a row that the relay cannot have written: %o', (wrong) => {
    expect(() => readLedgerRecord({ ...row, cells: { ...cells, ...wrong } })).toThrow(
      expect.objectContaining({
        code: 'STORAGE_UNAVAILABLE',
        class: 'provider',
        message: expect.stringContaining('The ledger row in partition abc123 cannot be read'),
      }),
    );
  });
});

it('says which row, and keeps the cause', () => {
  const cause = new Error('why');
  expect(unreadableRowError('call memory', 'abc123', cause)).toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message:
      'The call memory row in partition abc123 cannot be read: it is not what the relay writes. Delete the row, or find who changed it.',
    cause,
  });
});

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
