import { describe, expect, it } from 'vitest';
import { readLedgerRecord } from '../../../src/deliveries/ledger-row.ts';

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
