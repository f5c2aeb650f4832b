/**
 * Returns the smallest value that at least `share` of the values do not exceed (nearest rank).
 *
 * @param share above 0, at most 1: 0.99 for p99
 * @throws Error without values
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('There are no values to take a percentile of.');
  return value;
}
