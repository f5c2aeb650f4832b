import { describe, expect, it } from 'vitest';
import {
  type DeviceOutcome,
  decodeOutcomes,
  deliveryKey,
  encodeOutcomes,
  isFinalOutcome,
  mergeOutcomes,
} from '../../../src/deliveries/outcomes.ts';

describe('decodeOutcomes', () => {
  it('reads every outcome', () => {
    const text =
      '{"accepted":["a","i"],"rejected":["b"],"expired":["c"],"unknown":["d"],"misconfigured":["e"],"unavailable":["f"],"throttled":["g"],"untried":["h"]}';
    expect(Object.fromEntries(decodeOutcomes(text) ?? [])).toEqual({
      a: 'accepted',
      b: 'rejected',
      c: 'expired',
      d: 'unknown',
      e: 'misconfigured',
      f: 'unavailable',
      g: 'throttled',
      h: 'untried',
      i: 'accepted',
    });
  });

  it('reads nothing from nothing', () => {
    expect(decodeOutcomes('{}')).toEqual(new Map());
  });

  it.each(['', '{', 'null', '[]', '{"accepted":"a"}', '{"accepted":[1]}'])(
    'returns undefined for the damaged text "%s"',
    (text) => {
      expect(decodeOutcomes(text)).toBeUndefined();
    },
  );
});

const target = { recipientId: '8:acs:r_ada', deviceId: 'phone', kind: 'incoming-call' };

describe('deliveryKey', () => {
  it('is the same 16 characters on every try', () => {
    expect(deliveryKey(target)).toBe('fmrOXmb6jLDNc-6S');
  });

  it.each([
    { recipientId: '8:acs:r_ben' },
    { deviceId: 'tablet' },
    { kind: 'missed-call' },
    { recipientId: '8:acs:r_adap', deviceId: 'hone' },
  ])('differs for %o', (other) => {
    const key = deliveryKey({ ...target, ...other });
    expect(key).toMatch(/^[\w-]{16}$/);
    expect(key).not.toBe(deliveryKey(target));
  });
});

describe('encodeOutcomes', () => {
  it('groups keys by outcome, in one order whatever order they came in', () => {
    const outcomes = new Map([
      ['d', 'throttled'],
      ['b', 'accepted'],
      ['e', 'accepted'],
      ['a', 'accepted'],
      ['c', 'untried'],
    ] as const);
    expect(encodeOutcomes(outcomes)).toEqual({
      text: '{"accepted":["a","b","e"],"throttled":["d"],"untried":["c"]}',
      complete: true,
    });
  });

  it('writes every outcome, the dearest first', () => {
    const outcomes = new Map([
      ['h', 'untried'],
      ['g', 'throttled'],
      ['f', 'unavailable'],
      ['e', 'misconfigured'],
      ['d', 'unknown'],
      ['c', 'expired'],
      ['b', 'rejected'],
      ['a', 'accepted'],
    ] as const);
    expect(encodeOutcomes(outcomes).text).toBe(
      '{"accepted":["a"],"rejected":["b"],"expired":["c"],"unknown":["d"],"misconfigured":["e"],"unavailable":["f"],"throttled":["g"],"untried":["h"]}',
    );
  });

  it('is empty for nothing', () => {
    expect(encodeOutcomes(new Map())).toEqual({ text: '{}', complete: true });
  });

  it('has room for 1,600 keys of 16 characters', () => {
    const outcomes = new Map(
      Array.from({ length: 1_600 }, (_, index) => [`key-${index}`.padEnd(16, '-'), 'accepted'] as const),
    );
    const { text, complete } = encodeOutcomes(outcomes);
    expect(complete).toBe(true);
    expect(decodeOutcomes(text)?.size).toBe(1_600);
  });

  // `{"accepted":["…"]}` is 17 characters beside the key, and the comma that was reserved for the key makes 18.
  it('fills the cell to the last character', () => {
    const longest = 'k'.repeat(32_000 - 18);
    expect(encodeOutcomes(new Map([[longest, 'accepted']])).complete).toBe(true);
    expect(encodeOutcomes(new Map([[`${longest}k`, 'accepted']]))).toEqual({ text: '{}', complete: false });
  });

  it('leaves out what is cheapest to forget when there is too much, and says so', () => {
    const outcomes = new Map([
      ['u'.repeat(20_000), 'untried'],
      ['a'.repeat(20_000), 'accepted'],
      ['x', 'untried'],
    ] as const);
    const { text, complete } = encodeOutcomes(outcomes);
    expect(complete).toBe(false);
    expect(text).toBe(`{"accepted":["${'a'.repeat(20_000)}"],"untried":["x"]}`);
  });
});

describe('isFinalOutcome', () => {
  it.each([
    ['accepted', true],
    ['rejected', true],
    ['expired', true],
    ['throttled', false],
    ['unavailable', false],
    ['unknown', false],
    ['misconfigured', false],
    ['untried', false],
  ] as const)('%s: %s', (outcome, final) => {
    expect(isFinalOutcome(outcome)).toBe(final);
  });
});

const merge = (
  earlier: Record<string, DeviceOutcome>,
  later: Record<string, DeviceOutcome>,
): Record<string, DeviceOutcome> =>
  Object.fromEntries(mergeOutcomes(new Map(Object.entries(earlier)), new Map(Object.entries(later))));

describe('mergeOutcomes', () => {
  it('keeps what only one side has', () => {
    expect(merge({ a: 'accepted', b: 'throttled' }, { c: 'unknown' })).toEqual({
      a: 'accepted',
      b: 'throttled',
      c: 'unknown',
    });
  });

  it('lets later outcomes replace open ones', () => {
    expect(merge({ a: 'throttled', b: 'unknown' }, { a: 'accepted', b: 'unavailable' })).toEqual({
      a: 'accepted',
      b: 'unavailable',
    });
  });

  it.each(['accepted', 'rejected', 'expired'] as const)('never changes %s', (final) => {
    expect(merge({ a: final }, { a: 'unknown' })).toEqual({ a: final });
  });

  it('leaves its arguments alone', () => {
    const earlier = new Map([['a', 'unknown']] as const);
    mergeOutcomes(earlier, new Map([['a', 'accepted']] as const));
    expect(earlier.get('a')).toBe('unknown');
  });
});
