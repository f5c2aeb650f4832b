import { median } from './median.ts';

/**
 * Returns the median of the ratios of two series, round by round: a slow round slows both and does not count.
 *
 * @param ours as many values as `theirs`, of the same rounds
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
