/** The smallest value that so many of a hundred do not exceed (nearest rank); undefined when there is none. */
export function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
