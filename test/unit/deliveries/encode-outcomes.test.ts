import { describe, expect, it } from 'vitest';
import { decodeOutcomes, encodeOutcomes } from '../../../src/deliveries/outcomes.ts';

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
