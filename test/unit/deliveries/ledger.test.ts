import { describe, expect, it } from 'vitest';
import type { Claim, Ledger, LedgerRecord } from '../../../src/deliveries/claim.ts';
import {
  createLedger,
  eventRowKey,
  readLedgerRecord,
  writeLedgerRecord,
} from '../../../src/deliveries/ledger.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import type { TableService, TableStore } from '../../../src/storage/tables.ts';

const event = { identity: { source: '/topics/acs', id: 'e1', type: 'T' }, timeMs: 1_795_338_000_000 };
const request = { owner: 'o', payloadHash: 'h1', contentHash: 'c1', nowMs: 1_000_000, leaseMs: 30_000 };

type Calls = (keyof TableStore)[];

/** Counts requests, and lets a test stand between the ledger and its table. */
function observed(inner: TableService, calls: Calls, change: Partial<TableStore> = {}): TableService {
  return {
    ...inner,
    table: (name) => {
      const store = { ...inner.table(name), ...change };
      return {
        ...store,
        get: async (...key) => {
          calls.push('get');
          return store.get(...key);
        },
        insert: async (...row) => {
          calls.push('insert');
          return store.insert(...row);
        },
        replace: async (...row) => {
          calls.push('replace');
          return store.replace(...row);
        },
      };
    },
  };
}

function open(tables: TableService): Ledger {
  let ids = 0;
  return createLedger({ tables, newId: () => `id-${++ids}` });
}

async function claimed(ledger: Ledger): Promise<Claim> {
  const result = await ledger.claim(event, request);
  if (result.kind !== 'claimed') throw new Error(`Not claimed but ${result.kind}.`);
  return result.claim;
}

describe('createLedger', () => {
  it('claims a new event with one request, and settles it with one', async () => {
    const calls: Calls = [];
    const ledger = open(observed(createMemoryTableService(), calls));
    const claim = await claimed(ledger);
    expect(calls).toEqual(['insert']);
    await ledger.settle(claim, new Map(), { final: true, nowMs: 1_000_001 });
    expect(calls).toEqual(['insert', 'replace']);
    await ledger.claim(event, request);
    expect(calls).toEqual(['insert', 'replace', 'insert', 'get']);
  });

  it('knows its own insert, when storage took it and yet reported a conflict', async () => {
    const tables = createMemoryTableService();
    const table = tables.table('deliveries20261122');
    const ledger = open(
      observed(tables, [], {
        insert: async (...row) => {
          await table.insert(...row);
          return { kind: 'stale' };
        },
      }),
    );
    const claim = await claimed(ledger);
    expect(claim).toMatchObject({ holder: 'o/id-1', attempt: 1 });
    expect(await ledger.settle(claim, new Map(), { final: true, nowMs: 1_000_001 })).toEqual({
      kind: 'settled',
    });
  });

  it('knows its own settle, when storage took it and yet reported a conflict', async () => {
    const tables = createMemoryTableService();
    const table = tables.table('deliveries20261122');
    const claim = await claimed(open(tables));
    const ledger = open(
      observed(tables, [], {
        replace: async (...row) => {
          await table.replace(...row);
          return { kind: 'stale' };
        },
      }),
    );
    const outcomes = new Map([['a', 'accepted'] as const]);
    expect(await ledger.settle(claim, outcomes, { final: true, nowMs: 1_000_001 })).toEqual({
      kind: 'settled',
    });
  });

  it('does not take the end of another attempt for its own', async () => {
    const ledger = open(createMemoryTableService());
    const slow = await claimed(ledger);
    const second = await ledger.claim(event, { ...request, nowMs: 1_030_000 });
    if (second.kind !== 'claimed') throw new Error('Not claimed.');
    await ledger.settle(second.claim, new Map(), { final: true, nowMs: 1_031_000 });
    expect(await ledger.settle(slow, new Map(), { final: true, nowMs: 1_031_000 })).toEqual({ kind: 'lost' });
  });

  it('asks again when the row went between two requests', async () => {
    const calls: Calls = [];
    let inserts = 0;
    const tables = createMemoryTableService();
    const table = tables.table('deliveries20261122');
    const ledger = open(
      observed(tables, calls, {
        insert: async (...row) => {
          inserts += 1;
          return inserts === 1 ? { kind: 'stale' } : table.insert(...row);
        },
      }),
    );
    expect(await claimed(ledger)).toMatchObject({ attempt: 1 });
    expect(calls).toEqual(['insert', 'get', 'insert']);
  });

  it('gives up after five rounds in which somebody else was faster', async () => {
    const calls: Calls = [];
    const tables = createMemoryTableService();
    await open(tables).claim(event, { ...request, leaseMs: 0 });
    const ledger = createLedger({
      tables: observed(tables, calls, { replace: async () => ({ kind: 'stale' }) }),
      newId: () => 'other',
    });
    await expect(ledger.claim(event, request)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      class: 'provider',
      message:
        'The ledger row 26d316caf280a01d3ab0b9b1478081f0be45da571b056c59d2bf5b3f8aa8a0aa changed 5 times while it was being written. The next delivery of the event retries.',
    });
    expect(calls).toEqual(Array.from({ length: 5 }, () => ['insert', 'get', 'replace']).flat());
  });

  it('carries the cells of a newer version through a take-over and a settle', async () => {
    const tables = createMemoryTableService();
    const ledger = createLedger({ tables, newId: () => 'id-1' });
    const key = eventRowKey(event);
    const newer = {
      holder: 'newer',
      state: 'released',
      leaseUntilMs: 0,
      attempt: 1,
      payloadHash: 'h1',
      outcomes: '{"shown":["b"]}',
      unlisted: 'untried',
      dropped: '{"b":"moved"}',
    };
    await tables.table('deliveries20261122').insert(key, 'event', newer);
    const claim = await claimed(ledger);
    await ledger.settle(claim, new Map([['a', 'accepted']]), { final: true, nowMs: 1_000_500 });
    expect((await tables.table('deliveries20261122').get(key, 'event'))?.cells).toEqual({
      holder: 'o/id-1',
      state: 'settled',
      leaseUntilMs: 1_000_500,
      attempt: 2,
      payloadHash: 'h1',
      contentHash: 'c1',
      outcomes: '{"accepted":["a"],"shown":["b"]}',
      unlisted: 'untried',
      dropped: '{"b":"moved"}',
    });
  });

  it('lets storage errors through', async () => {
    const error = new Error('Not now.');
    const ledger = open(
      observed(createMemoryTableService(), [], { insert: async () => Promise.reject(error) }),
    );
    await expect(ledger.claim(event, request)).rejects.toBe(error);
  });

  it('counts what found no room as unknown from then on', async () => {
    const ledger = open(createMemoryTableService());
    const outcomes = new Map([
      ['a', 'accepted'],
      ['b'.repeat(40_000), 'accepted'],
    ] as const);
    await ledger.settle(await claimed(ledger), outcomes, { final: false, nowMs: 1_000_001 });
    expect(await claimed(ledger)).toMatchObject({
      outcomes: new Map([['a', 'accepted']]),
      unlisted: 'unknown',
    });
  });
});

const identity = {
  source: '/subscriptions/s/topics/acs',
  id: 'e1',
  type: 'Microsoft.Communication.CallEnded',
};

describe('eventRowKey', () => {
  it('is a hash of source, id and type, the same for ever', () => {
    expect(eventRowKey({ identity, timeMs: 1 })).toBe(
      'cfd9f8152c7ffc9535f7736ebdc46743f62b749792fe44226f0a3f1fd2915d3a',
    );
  });

  it('does not see the case of the source, which Azure writes both ways', () => {
    const shouted = { ...identity, source: '/SUBSCRIPTIONS/s/topics/ACS' };
    expect(eventRowKey({ identity: shouted, timeMs: 1 })).toBe(eventRowKey({ identity, timeMs: 1 }));
  });

  it('does not see the time, which only decides the table', () => {
    expect(eventRowKey({ identity, timeMs: 2 })).toBe(eventRowKey({ identity, timeMs: 1 }));
  });

  it.each([{ source: '/other' }, { id: 'E1' }, { type: 'Microsoft.Communication.CallStarted' }])(
    'differs for %o',
    (other) => {
      expect(eventRowKey({ identity: { ...identity, ...other }, timeMs: 1 })).not.toBe(
        eventRowKey({ identity, timeMs: 1 }),
      );
    },
  );

  it('keeps the parts apart', () => {
    const left = eventRowKey({ identity: { source: 'a', id: 'bc', type: 'd' }, timeMs: 1 });
    const right = eventRowKey({ identity: { source: 'ab', id: 'c', type: 'd' }, timeMs: 1 });
    expect(left).not.toBe(right);
  });
});

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
      foreign: { cells: {}, outcomes: new Map() },
    });
  });

  it('takes a state that a newer version wrote for work that is going on', () => {
    expect(readLedgerRecord({ ...row, cells: { ...cells, state: 'parked' } })).toMatchObject({
      state: 'leased',
      leaseUntilMs: 1_795_338_000_000,
    });
  });

  it('counts an outcome that a newer version wrote as unknown, and keeps its word and every unknown cell', () => {
    const newer = {
      ...cells,
      outcomes: '{"accepted":["a"],"shown":["b"]}',
      unlisted: 'shown',
      dropped: 'x',
      n: 1,
    };
    const record = readLedgerRecord({ ...row, cells: newer });
    expect(record).toMatchObject({
      outcomes: new Map([
        ['a', 'accepted'],
        ['b', 'unknown'],
      ]),
      unlisted: 'unknown',
    });
    expect(writeLedgerRecord(record)).toEqual({ ...newer, unlisted: 'unknown' });
  });

  it('forgets the word of a newer version for a push that this version has sent since', () => {
    const newer = readLedgerRecord({ ...row, cells: { ...cells, outcomes: '{"shown":["b"]}' } });
    const sent = { ...newer, outcomes: new Map([['b', 'accepted'] as const]) };
    expect(writeLedgerRecord(sent)['outcomes']).toBe('{"accepted":["b"]}');
  });

  it.each([
    { state: 7 },
    { attempt: 0 },
    { attempt: 1.5 },
    { leaseUntilMs: 'soon' },
    { payloadHash: 1 },
    { holder: true },
    { unlisted: 7 },
    { contentHash: 7 },
    { outcomes: 7 },
    { outcomes: '{"sent":"a"}' },
  ])('refuses a row that the relay cannot have written: %o', (wrong) => {
    expect(() => readLedgerRecord({ ...row, cells: { ...cells, ...wrong } })).toThrow(
      expect.objectContaining({
        code: 'STORAGE_UNAVAILABLE',
        class: 'provider',
        message:
          'The ledger row in partition abc123 is unreadable: the relay did not write it. Delete the row, or find out what changed it.',
      }),
    );
  });
});

const record: LedgerRecord = {
  holder: 'invocation-7/id-1',
  state: 'released',
  leaseUntilMs: 1_795_338_000_000,
  attempt: 3,
  payloadHash: 'h1',
  contentHash: 'c1',
  foreign: { cells: {}, outcomes: new Map() },
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
      contentHash: 'c1',
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
