import { describe, expect, it } from 'vitest';
import { breaksCheck } from '../../bench/report/breaks-check.ts';
import type { Figure } from '../../bench/report/figure.ts';
import { formatFigures } from '../../bench/report/format-figures.ts';
import { meetsLimit } from '../../bench/report/meets-limit.ts';

const speed = (ratio: number): Figure => ({
  section: 'A',
  name: 'sends',
  value: 7_654.3,
  unit: '/s',
  rival: { name: 'raw undici pool', value: 8_000, ratio },
  limit: { kind: 'at-least', bound: 0.9 },
});
const size = (value: number): Figure => ({
  section: 'G',
  name: 'peak RSS',
  value,
  unit: 'MB',
  limit: { kind: 'at-most', bound: 150 },
});
const time: Figure = {
  section: 'E',
  name: 'load',
  value: 130,
  unit: 'ms',
  limit: { kind: 'at-most', bound: 120 },
  absoluteTime: true,
};
const behind = (ratio: number): Figure => ({
  ...speed(ratio),
  limit: { kind: 'at-least', bound: 0.9, reached: 0.5 },
});
const note: Figure = { section: 'F', name: 'requests', value: 4, unit: '' };

describe('meetsLimit', () => {
  it.each([
    ['a ratio on its bound', speed(0.9), true],
    ['a ratio below it', speed(0.899), false],
    ['a value on its bound', size(150), true],
    ['a value above it', size(150.1), false],
    ['a value that could not be measured', speed(Number.NaN), false],
    ['a ratio that misses its bound and exceeds its reached value', behind(0.6), false],
    ['a figure without a limit', note, undefined],
  ])('judges %s', (_, figure, met) => {
    expect(meetsLimit(figure)).toBe(met);
  });
});

describe('breaksCheck', () => {
  it.each([
    ['a ratio that misses', speed(0.5), true],
    ['a ratio that is met', speed(1), false],
    ['a size that misses', size(200), true],
    ['a time that misses, which depends on the machine', time, false],
    ['a ratio that misses its bound and holds its reached value', behind(0.5), false],
    ['a ratio below its reached value', behind(0.499), true],
    ['a figure without a limit', note, false],
  ])('judges %s', (_, figure, breaks) => {
    expect(breaksCheck(figure)).toBe(breaks);
  });
});

describe('formatFigures', () => {
  it('aligns the figures in a table', () => {
    expect(formatFigures([speed(0.957), size(99.25), time, note])).toBe(
      [
        '   figure    relay      against                 ratio  limit',
        'A  sends     7,654  /s  raw undici pool  8,000  0.957  >= 0.9  met',
        'G  peak RSS   99.3  MB                                 <= 150  met',
        'E  load        130  ms                                 <= 120  NOT MET',
        'F  requests   4.00',
        '',
      ].join('\n'),
    );
  });
});
