import { describe, expect, it } from 'vitest';
import { decodeOutcomes } from '../../../src/deliveries/outcomes.ts';

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

  it.each(['', '{', 'null', '[]', '{"sent":["a"]}', '{"accepted":"a"}', '{"accepted":[1]}'])(
    'refuses %s',
    (text) => {
      expect(decodeOutcomes(text)).toBeUndefined();
    },
  );
});
