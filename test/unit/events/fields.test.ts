import { describe, expect, it } from 'vitest';
import { idProblem } from '../../../src/events/fields.ts';

describe('idProblem', () => {
  it.each(['a', '8:acs:clinic_ada', 'åäö 日本 😀', ' ~', 'a'.repeat(256)])('accepts %j', (text) => {
    expect(idProblem(text)).toBeUndefined();
  });

  it.each([
    ['a'.repeat(257), 'is longer than 256 characters'],
    ['', 'is empty'],
    ['a\nb', 'contains control characters'],
    ['a\u007f', 'contains control characters'],
    ['\u0085', 'contains control characters'],
    ['a\ud800', 'contains control characters'],
    ['\nå', 'contains control characters'],
  ])('reports that %j %s', (text, problem) => {
    expect(idProblem(text)).toBe(problem);
  });
});
