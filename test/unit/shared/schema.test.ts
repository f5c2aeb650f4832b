import { expect, it } from 'vitest';
import { boundedText } from '../../../src/shared/schema.ts';

it.each([
  ['', false],
  ['a', true],
  ['abc', true],
  ['abcd', false],
  [7, false],
  [null, false],
  [{ length: { toString: null } }, false],
  [{ length: 2 }, false],
])('%j: %s', (value, isTaken) => {
  expect(boundedText(1, 3).safeParse(value).success).toBe(isTaken);
});
