import { describe, expect, it } from 'vitest';
import { type DeviceOutcome, mergeOutcomes } from '../../../src/deliveries/outcomes.ts';

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
