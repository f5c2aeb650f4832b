import { describe, expect, it } from 'vitest';
import { isFinalOutcome } from '../../../src/deliveries/outcomes.ts';

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
