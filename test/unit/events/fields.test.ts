import { expect, it } from 'vitest';
import { idProblem } from '../../../src/events/fields.ts';

it.each([
  ['a', undefined],
  ['8:acs:clinic_ada', undefined],
  ['åäö 日本 😀', undefined],
  [' ~', undefined],
  ['a'.repeat(256), undefined],
  ['a'.repeat(257), 'is longer than 256 characters'],
  ['', 'is empty'],
  ['a\nb', 'has control characters'],
  ['a\u007f', 'has control characters'],
  ['\u0085', 'has control characters'],
  ['a\ud800', 'has control characters'],
  ['\nå', 'has control characters'],
])('%j: %s', (text, problem) => {
  expect(idProblem(text)).toBe(problem);
});
