import { describe, expect, it } from 'vitest';
import { benchOptions } from '../../bench/bench-options.ts';

describe('benchOptions', () => {
  it('measures everything by default', () => {
    expect(benchOptions([])).toEqual({
      letters: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'],
      rounds: 7,
      check: false,
      out: 'dist/bench.json',
    });
  });

  it('reads every option', () => {
    expect(benchOptions(['--sections', 'b, g', '--rounds', '5', '--check', '--out', 'x.json'])).toEqual({
      letters: ['B', 'G'],
      rounds: 5,
      check: true,
      out: 'x.json',
    });
  });

  it.each([
    [['--sections', 'A,X'], '--sections takes letters from A, B, C, D, E, F, G, H, not "X".'],
    [['--sections', ''], '--sections takes letters from A, B, C, D, E, F, G, H, not "".'],
    [['--rounds', '0'], '--rounds takes a whole number from 1, not "0".'],
    [['--rounds', '2.5'], '--rounds takes a whole number from 1, not "2.5".'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(() => benchOptions(args)).toThrow(message);
  });
});
