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
  ['a\nb', 'contains control characters'],
  ['a\u007f', 'contains control characters'],
  ['\u0085', 'contains control characters'],
  ['a\ud800', 'contains control characters'],
  ['\nå', 'contains control characters'],
])('%j: %s', (text, problem) => {
  expect(idProblem(text)).toBe(problem);
});
