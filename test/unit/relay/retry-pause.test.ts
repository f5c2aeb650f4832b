import { describe, expect, it } from 'vitest';
import { retryDelay, retryPause } from '../../../src/relay/send-push.ts';

it.each([
  [0, 0, 200],
  [0, 0.5, 400],
  [0, 1, 600],
  [200, 0, 200],
  [200, 0.5, 400],
  [200, 1, 600],
  [1_000, 1, 3_000],
  [3_000, 1, 4_000],
  [4_000, 0.5, 2_100],
])('retryDelay after %i ms with random %d is %i ms', (previousMs, random, delayMs) => {
  expect(retryDelay(previousMs, random)).toBe(delayMs);
});

const calm = { waitMs: 300, hintMs: 0, leftMs: 20_000, random: 0.5 };

describe('retryPause', () => {
  it('returns the jittered wait when no hub asks for more', () => {
    expect(retryPause(calm)).toBe(300);
    expect(retryPause({ ...calm, hintMs: 300 })).toBe(300);
  });

  it.each([
    [0, 1_000, 1_000],
    [0.5, 1_000, 1_500],
    [0.999, 1_000, 1_999],
    [0.5, 10_000, 11_000],
    [0.999, 10_000, 11_998],
  ])('with random %d extends a Retry-After of %d ms to %d ms', (random, hintMs, expected) => {
    expect(retryPause({ ...calm, hintMs, random })).toBe(expected);
  });

  it('leaves time for a try when the hint does', () => {
    expect(retryPause({ ...calm, hintMs: 5_000, leftMs: 5_100, random: 0.999 })).toBe(5_049);
    expect(retryPause({ ...calm, hintMs: 5_000, leftMs: 4_000 })).toBe(5_000);
  });
});
