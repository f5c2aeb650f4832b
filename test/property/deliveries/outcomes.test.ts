import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DeviceOutcome, decodeOutcomes, encodeOutcomes } from '../../../src/deliveries/outcomes.ts';

const kinds: readonly DeviceOutcome[] = [
  'accepted',
  'rejected',
  'expired',
  'throttled',
  'unavailable',
  'unknown',
  'misconfigured',
  'untried',
];
const entries = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(...kinds)));

it('outcomes that fit come back as they were, whatever the keys', () => {
  fc.assert(
    fc.property(entries, (pairs) => {
      const outcomes = new Map(pairs);
      const { text, complete } = encodeOutcomes(outcomes);
      expect(complete).toBe(true);
      expect(decodeOutcomes(text)).toEqual(outcomes);
    }),
  );
});

it('no amount of outcomes breaks the limit of a cell, and what is left is true', () => {
  const many = fc.array(fc.tuple(fc.string({ maxLength: 9_000, size: 'max' }), fc.constantFrom(...kinds)), {
    maxLength: 40,
    size: 'max',
  });
  fc.assert(
    fc.property(many, (pairs) => {
      const outcomes = new Map(pairs);
      const { text, complete } = encodeOutcomes(outcomes);
      expect(text.length).toBeLessThanOrEqual(32_000);
      const kept = decodeOutcomes(text) ?? new Map<string, DeviceOutcome>();
      expect(complete).toBe(kept.size === outcomes.size);
      for (const [key, outcome] of kept) expect(outcomes.get(key)).toBe(outcome);
    }),
    { numRuns: 50 },
  );
});
