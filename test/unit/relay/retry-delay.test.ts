import { expect, it } from 'vitest';
import { retryDelay } from '../../../src/relay/send-push.ts';

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
])('after %i ms with %d it waits %i ms', (previousMs, random, delayMs) => {
  expect(retryDelay(previousMs, random)).toBe(delayMs);
});
