import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/deliveries/claim.ts';

describe('outcomeOf', () => {
  const outcomes = new Map([['a', 'throttled']] as const);

  it('is the known outcome', () => {
    expect(outcomeOf({ outcomes, unlisted: 'unknown' }, 'a')).toBe('throttled');
  });

  it.each(['untried', 'unknown'] as const)('is %s for a push that is not listed', (unlisted) => {
    expect(outcomeOf({ outcomes, unlisted }, 'b')).toBe(unlisted);
  });
});
