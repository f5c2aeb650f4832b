export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Returns how much `y` grows per unit of `x`: the slope of the least-squares line.
 *
 * @throws Error when all points have the same `x`
 */
export function leastSquaresSlope(points: readonly Point[]): number {
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  let rise = 0;
  let run = 0;
  for (const { x, y } of points) {
    rise += (x - meanX) * (y - meanY);
    run += (x - meanX) ** 2;
  }
  if (!(run > 0)) throw new Error('A slope needs points with different x.');
  return rise / run;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
