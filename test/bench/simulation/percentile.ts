/** Returns the smallest value that `percent` of the values do not exceed (nearest rank); undefined without values. */
export function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
