import { describe, expect, it } from 'vitest';
import type { Claim, ClaimRequest, Ledger } from '../../../src/deliveries/claim.ts';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { storages } from './support/storages.ts';

const event = {
  identity: { source: '/Topics/ACS', id: 'e1', type: 'Microsoft.Communication.IncomingCall' },
  timeMs: 1_795_391_999_999,
};
/** SHA-256 of source in lower case, id and type. */
const rowKey = '8eb156eb48a33057686572d89902ea317dc6405d1a746dbb25776650efae6479';
const request: ClaimRequest = {
  owner: 'o',
  payloadHash: 'h1',
  contentHash: 'c1',
  nowMs: 1_000_000,
  leaseMs: 30_000,
};

function open(tables: TableService): Ledger {
  let ids = 0;
  return createLedger({ tables, newId: () => `id-${++ids}` });
}

async function claimed(ledger: Ledger, change: Partial<ClaimRequest> = {}): Promise<Claim> {
  const result = await ledger.claim(event, { ...request, ...change });
  if (result.kind !== 'claimed') throw new Error(`Not claimed but ${result.kind}.`);
  return result.claim;
}

describe.each(storages)('ledger on $name', ({ tables }) => {
  it('gives an event to the first who asks', async () => {
    expect(await open(tables()).claim(event, request)).toEqual({
      kind: 'claimed',
      claim: {
        event,
        holder: 'o/id-1',
        etag: expect.any(String),
        leaseUntilMs: 1_030_000,
        attempt: 1,
        payloadHash: 'h1',
        contentHash: 'c1',
        foreign: { cells: {}, outcomes: new Map() },
        outcomes: new Map(),
        unlisted: 'untried',
      },
    });
  });

  it('sends everybody else away until the lease ends', async () => {
    const ledger = open(tables());
    await claimed(ledger);
    expect(await ledger.claim(event, { ...request, nowMs: 1_029_999 })).toEqual({
      kind: 'busy',
      leaseUntilMs: 1_030_000,
    });
    expect(await claimed(ledger, { nowMs: 1_030_000 })).toMatchObject({
      attempt: 2,
      unlisted: 'unknown',
    });
  });

  it('gives one of fifty simultaneous askers the event', async () => {
    const ledger = open(tables());
    const results = await Promise.all(Array.from({ length: 50 }, () => ledger.claim(event, request)));
    const kinds = results.map((result) => result.kind).sort();
    expect(kinds).toEqual([...Array.from({ length: 49 }, () => 'busy'), 'claimed']);
  });

  it('gives a dead lease to one of twenty simultaneous askers', async () => {
    const ledger = open(tables());
    await claimed(ledger, { leaseMs: 0 });
    const results = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(event, request)));
    const kinds = results.map((result) => result.kind).sort();
    expect(kinds).toEqual([...Array.from({ length: 19 }, () => 'busy'), 'claimed']);
  });

  it('knows a settled event, and with what outcomes, for good', async () => {
    const ledger = open(tables());
    const claim = await claimed(ledger);
    const outcomes = new Map([['a', 'accepted'] as const, ['b', 'rejected'] as const]);
    expect(await ledger.settle(claim, outcomes, { final: true, nowMs: 1_000_500 })).toEqual({
      kind: 'settled',
    });
    expect(await ledger.claim(event, { ...request, nowMs: 9_000_000 })).toEqual({
      kind: 'settled',
      outcomes,
    });
  });

  it('hands an unfinished event on at once, with what is done and what is left', async () => {
    const ledger = open(tables());
    const claim = await claimed(ledger);
    const outcomes = new Map([['a', 'accepted'] as const, ['b', 'throttled'] as const]);
    expect(await ledger.settle(claim, outcomes, { final: false, nowMs: 1_000_500 })).toEqual({
      kind: 'settled',
    });
    const next = await claimed(ledger, { nowMs: 1_000_400 });
    expect(next).toMatchObject({ attempt: 2, outcomes, unlisted: 'untried' });
    await ledger.settle(next, new Map([['b', 'accepted'] as const, ['a', 'unknown'] as const]), {
      final: true,
      nowMs: 1_000_900,
    });
    expect(await ledger.claim(event, request)).toEqual({
      kind: 'settled',
      outcomes: new Map([
        ['a', 'accepted'],
        ['b', 'accepted'],
      ]),
    });
  });

  it('never lets a slow first owner overwrite a second', async () => {
    const ledger = open(tables());
    const slow = await claimed(ledger);
    const second = await claimed(ledger, { nowMs: 1_030_000 });
    const late = new Map([['a', 'rejected'] as const]);
    expect(await ledger.settle(slow, late, { final: true, nowMs: 1_030_001 })).toEqual({ kind: 'lost' });
    expect(await ledger.claim(event, { ...request, nowMs: 1_030_002 })).toMatchObject({ kind: 'busy' });
    const outcomes = new Map([['a', 'accepted'] as const]);
    expect(await ledger.settle(second, outcomes, { final: true, nowMs: 1_030_003 })).toEqual({
      kind: 'settled',
    });
    expect(await ledger.settle(slow, late, { final: true, nowMs: 1_030_004 })).toEqual({ kind: 'lost' });
    expect(await ledger.claim(event, request)).toEqual({ kind: 'settled', outcomes });
  });

  it('finds the same identity with another payload', async () => {
    const ledger = open(tables());
    await claimed(ledger);
    expect(await ledger.claim(event, { ...request, payloadHash: 'h2', contentHash: 'c2' })).toEqual({
      kind: 'payload-changed',
    });
  });

  it('finds the row again after midnight, and whatever the case of the source', async () => {
    const service = tables();
    await claimed(open(service));
    expect(await service.table('deliveries20261122').get(rowKey, 'event')).toBeDefined();
    const again = { ...event, identity: { ...event.identity, source: '/topics/acs' } };
    expect(await open(service).claim(again, { ...request, owner: 'p' })).toMatchObject({
      kind: 'busy',
    });
    expect(await service.listTables('')).toEqual(['deliveries20261122']);
  });

  it('keeps events apart by their day', async () => {
    const ledger = open(tables());
    await claimed(ledger);
    expect(await ledger.claim({ ...event, timeMs: 1_795_392_000_000 }, request)).toMatchObject({
      kind: 'claimed',
      claim: { attempt: 1 },
    });
  });

  it('starts afresh when the row was swept, and loses old claims', async () => {
    const service = tables();
    const ledger = open(service);
    const claim = await claimed(ledger);
    await service.dropTable('deliveries20261122');
    expect(await ledger.settle(claim, new Map(), { final: true, nowMs: 1_000_500 })).toEqual({
      kind: 'lost',
    });
    expect(await claimed(ledger)).toMatchObject({ attempt: 1 });
    expect(await ledger.settle(claim, new Map(), { final: true, nowMs: 1_000_600 })).toEqual({
      kind: 'lost',
    });
  });

  it('reopens for a redrive what was not accepted everywhere, once', async () => {
    const ledger = open(tables());
    const claim = await claimed(ledger);
    const outcomes = new Map([['a', 'accepted'] as const, ['b', 'rejected'] as const]);
    await ledger.settle(claim, outcomes, { final: true, nowMs: 1_000_500 });
    const redrive = await claimed(ledger, { redrive: true });
    expect(redrive).toMatchObject({ attempt: 2, outcomes: new Map([['a', 'accepted']]) });
    await ledger.settle(redrive, new Map([['b', 'accepted'] as const]), { final: true, nowMs: 1_000_900 });
    expect(await ledger.claim(event, { ...request, redrive: true })).toMatchObject({ kind: 'settled' });
  });
});
