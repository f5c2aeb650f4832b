/**
 * Returns the middle value, or the mean of the two middle values.
 *
 * @throws Error without values
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined)
    throw new Error('There are no values to take the median of.');
  return (lower + upper) / 2;
}
