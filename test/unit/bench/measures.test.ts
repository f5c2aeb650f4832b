import { describe, expect, it } from 'vitest';
import { alternate } from '../../bench/measure/alternate.ts';
import { leastSquaresSlope } from '../../bench/measure/least-squares-slope.ts';
import { median } from '../../bench/measure/median.ts';
import { medianRatio } from '../../bench/measure/median-ratio.ts';
import { percentile } from '../../bench/measure/percentile.ts';

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[100, 2, 30, 4, 1], 4],
  ])('of %j is the middle value %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('does not sort its input in place', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('throws without values', () => {
    expect(() => median([])).toThrow('no values');
  });
});

describe('percentile of the benchmark', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0.99, 99],
    [0.5, 50],
    [1, 100],
    [0.001, 1],
  ])('%d of the values 1 to 100 is %d', (share, value) => {
    expect(percentile(hundred, share)).toBe(value);
  });

  it('returns the greatest of few values', () => {
    expect(percentile([5, 8, 6], 0.99)).toBe(8);
  });

  it('throws without values', () => {
    expect(() => percentile([], 0.99)).toThrow('no values');
  });
});

describe('leastSquaresSlope', () => {
  it('is the slope of a line through all points', () => {
    const points = [0, 10, 20, 30].map((x) => ({ x, y: 5 - 2 * x }));
    expect(leastSquaresSlope(points)).toBe(-2);
  });

  it('is 0 when the rise and the fall cancel out', () => {
    const points = [
      { x: 0, y: 10 },
      { x: 1, y: 20 },
      { x: 2, y: 20 },
      { x: 3, y: 10 },
    ];
    expect(leastSquaresSlope(points)).toBe(0);
  });

  it('is the slope of the nearest line when points lie beside it', () => {
    // By hand: means 2 and 4; sum of products 2, sum of squares 2.
    const points = [
      { x: 1, y: 3 },
      { x: 2, y: 4 },
      { x: 3, y: 5 },
    ];
    expect(leastSquaresSlope(points)).toBe(1);
    expect(leastSquaresSlope([...points, { x: 2, y: 9 }])).toBe(1);
  });

  it('throws when all points have the same x', () => {
    expect(() => leastSquaresSlope([{ x: 1, y: 1 }])).toThrow('different x');
    expect(() => leastSquaresSlope([])).toThrow('different x');
  });
});

describe('medianRatio', () => {
  it('divides round by round, so that a slow round does not count', () => {
    expect(medianRatio([10, 1, 12], [20, 2, 6])).toBe(0.5);
  });

  it('is NaN when the rival has fewer rounds', () => {
    expect(medianRatio([1], [])).toBeNaN();
  });
});

describe('alternate', () => {
  it('measures every contestant in every round, starting with a different one, after a warm-up round', async () => {
    const order: string[] = [];
    let next = 0;
    const measure = (name: string) => async () => {
      order.push(name);
      next += 1;
      return next;
    };
    const samples = await alternate({ a: measure('a'), b: measure('b'), c: measure('c') }, 3);
    expect(order.join(' ')).toBe('a b c a b c b a c c a b');
    expect(samples).toEqual({ a: [4, 8, 11], b: [5, 7, 12], c: [6, 9, 10] });
  });

  it('measures every contestant after every other equally often', async () => {
    const order: string[] = [];
    const measure = (name: string) => async () => void order.push(name);
    const five = { a: measure('a'), b: measure('b'), c: measure('c'), d: measure('d'), e: measure('e') };
    await alternate(five, 20, 0);
    const times = new Map<string, number>();
    for (let at = 0; at < order.length; at += 5) {
      const round = order.slice(at, at + 5);
      expect([...round].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
      for (const pair of [0, 1, 2, 3].map((turn) => `${round[turn]}${round[turn + 1]}`)) {
        times.set(pair, (times.get(pair) ?? 0) + 1);
      }
    }
    expect(times.size).toBe(20);
    expect(new Set(times.values())).toEqual(new Set([4]));
  });

  it.each([
    [1, 'a a'],
    [2, 'a b b a'],
    [4, 'a b c d b a d c'],
  ])('alternates %d contestants', async (count, expected) => {
    const order: string[] = [];
    const names = ['a', 'b', 'c', 'd'].slice(0, count);
    await alternate(Object.fromEntries(names.map((name) => [name, async () => void order.push(name)])), 2, 0);
    expect(order.join(' ')).toBe(expected);
  });
});
