import { median } from './median.ts';

/**
 * The median of the ratios of two series, round by round: what slowed a whole round down falls out.
 *
 * @param ours as many values as `theirs`, of the same rounds
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
