import { describe, expect, it } from 'vitest';
import { decideClaim, type LedgerRecord, leaseMsFor, outcomeOf } from '../../../src/deliveries/claim.ts';
import type { DeviceOutcome } from '../../../src/deliveries/outcomes.ts';

const everyOutcome = new Map<string, DeviceOutcome>([
  ['a', 'accepted'],
  ['b', 'rejected'],
  ['c', 'expired'],
  ['d', 'throttled'],
  ['e', 'unavailable'],
  ['f', 'unknown'],
  ['g', 'misconfigured'],
  ['h', 'untried'],
]);

const leased: LedgerRecord = {
  holder: 'first',
  state: 'leased',
  leaseUntilMs: 5_000,
  attempt: 2,
  payloadHash: 'h1',
  contentHash: 'c1',
  foreign: { cells: {}, outcomes: new Map() },
  outcomes: everyOutcome,
  unlisted: 'untried',
};
const request = { owner: 'o', payloadHash: 'h1', contentHash: 'c1', nowMs: 5_000, leaseMs: 700 };
const taken = { ...leased, holder: 'second', leaseUntilMs: 5_700, attempt: 3 };

describe('decideClaim', () => {
  it('knows its own row, whatever is in it', () => {
    expect(decideClaim({ ...leased, payloadHash: 'h9', contentHash: 'c9' }, 'first', request)).toEqual({
      kind: 'own',
    });
  });

  it.each(['leased', 'released', 'settled'] as const)('finds another payload in a %s row', (state) => {
    expect(
      decideClaim({ ...leased, state, payloadHash: 'h2', contentHash: 'c2' }, 'second', request),
    ).toEqual({
      kind: 'payload-changed',
    });
  });

  it('takes a delivery for the same when either hash matches, so that two versions agree', () => {
    const kindOf = (record: Partial<LedgerRecord>, asked: Partial<typeof request>) =>
      decideClaim({ ...leased, ...record }, 'second', { ...request, ...asked }).kind;
    expect(kindOf({}, { contentHash: 'c2' })).not.toBe('payload-changed');
    expect(kindOf({}, { payloadHash: 'h2' })).not.toBe('payload-changed');
    expect(kindOf({}, { payloadHash: 'h2', contentHash: 'c2' })).toBe('payload-changed');
    const { contentHash, ...of010 } = leased;
    expect(contentHash).toBe('c1');
    expect(decideClaim(of010, 'second', request).kind).not.toBe('payload-changed');
    expect(decideClaim(of010, 'second', { ...request, payloadHash: 'h2' }).kind).toBe('payload-changed');
  });

  it('leaves a lease alone until its very last millisecond', () => {
    expect(decideClaim(leased, 'second', { ...request, nowMs: 4_999 })).toEqual({
      kind: 'busy',
      leaseUntilMs: 5_000,
    });
  });

  it('takes a dead lease over; what its owner left open is unknown', () => {
    expect(decideClaim(leased, 'second', request)).toEqual({
      kind: 'take-over',
      record: {
        ...taken,
        unlisted: 'unknown',
        outcomes: new Map([
          ['a', 'accepted'],
          ['b', 'rejected'],
          ['c', 'expired'],
          ['d', 'unknown'],
          ['e', 'unknown'],
          ['f', 'unknown'],
          ['g', 'unknown'],
          ['h', 'unknown'],
        ]),
      },
    });
  });

  it('takes a released event over at once, with what is known, even on a clock that is behind', () => {
    const released: LedgerRecord = { ...leased, state: 'released' };
    expect(decideClaim(released, 'second', { ...request, nowMs: 1_000 })).toEqual({
      kind: 'take-over',
      record: { ...taken, leaseUntilMs: 1_700, unlisted: 'untried', outcomes: everyOutcome },
    });
  });

  it('never forgets that an owner died', () => {
    const released: LedgerRecord = { ...leased, state: 'released', unlisted: 'unknown' };
    expect(decideClaim(released, 'second', request)).toMatchObject({ record: { unlisted: 'unknown' } });
  });

  it('says that a settled event is done', () => {
    expect(decideClaim({ ...leased, state: 'settled' }, 'second', request)).toEqual({
      kind: 'settled',
      outcomes: everyOutcome,
    });
  });

  describe('for a redrive', () => {
    const redrive = { ...request, redrive: true };

    it('reopens a settled event, with only what was accepted as final', () => {
      expect(decideClaim({ ...leased, state: 'settled' }, 'second', redrive)).toEqual({
        kind: 'take-over',
        record: {
          ...taken,
          unlisted: 'untried',
          outcomes: new Map([
            ['a', 'accepted'],
            ['d', 'throttled'],
            ['e', 'unavailable'],
            ['f', 'unknown'],
            ['g', 'misconfigured'],
            ['h', 'untried'],
          ]),
        },
      });
    });

    it('reopens a settled event that reached nobody', () => {
      const settled: LedgerRecord = { ...leased, state: 'settled', outcomes: new Map() };
      expect(decideClaim(settled, 'second', redrive)).toMatchObject({ kind: 'take-over' });
    });

    it('does not reopen what every device got: redriving twice does no harm', () => {
      const outcomes = new Map([['a', 'accepted'] as const, ['b', 'accepted'] as const]);
      expect(decideClaim({ ...leased, state: 'settled', outcomes }, 'second', redrive)).toEqual({
        kind: 'settled',
        outcomes,
      });
    });

    it('does not break a live lease', () => {
      expect(decideClaim(leased, 'second', { ...redrive, nowMs: 4_999 })).toMatchObject({ kind: 'busy' });
    });
  });
});

describe('leaseMsFor', () => {
  it.each([
    ['a call', 'call', 10_000, 35_000, 10_000],
    ['a call whose attempt is nearly over', 'call', 34_000, 35_000, 10_000],
    ['a message: until its attempt must end, and 2 s to settle', 'chat', 10_000, 35_000, 27_000],
    ['a message that waited for its turn', 'chat', 20_000, 35_000, 17_000],
    ['a message whose attempt is over', 'chat', 36_000, 35_000, 2_000],
  ] as const)('%s', (_, about, nowMs, budgetEndsMs, leaseMs) => {
    expect(leaseMsFor({ about, nowMs, budgetEndsMs })).toBe(leaseMs);
  });
});

describe('outcomeOf', () => {
  const outcomes = new Map([['a', 'throttled']] as const);

  it('is the known outcome', () => {
    expect(outcomeOf({ outcomes, unlisted: 'unknown' }, 'a')).toBe('throttled');
  });

  it.each(['untried', 'unknown'] as const)('is %s for a push that is not listed', (unlisted) => {
    expect(outcomeOf({ outcomes, unlisted }, 'b')).toBe(unlisted);
  });
});
