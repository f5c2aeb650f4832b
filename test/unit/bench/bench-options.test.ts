import { describe, expect, it } from 'vitest';
import { benchOptions } from '../../bench/bench-options.ts';

describe('benchOptions', () => {
  it('measures everything by default', () => {
    expect(benchOptions([])).toEqual({
      letters: ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
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
    [['--sections', 'A,X'], '--sections must be letters from A, B, C, D, E, F, G, but it contains "X".'],
    [['--sections', ''], '--sections must be letters from A, B, C, D, E, F, G, but it contains "".'],
    [['--rounds', '0'], '--rounds must be a whole number of at least 1, but it is "0".'],
    [['--rounds', '2.5'], '--rounds must be a whole number of at least 1, but it is "2.5".'],
    [['--fast'], "Unknown option '--fast'"],
  ])('rejects %j', (args, message) => {
    expect(() => benchOptions(args)).toThrow(message);
  });
});
