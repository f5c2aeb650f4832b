import type { Figure } from './figure.ts';

/**
 * Whether a figure meets a bound, by default that of its limit; undefined without one. NaN, a figure that could not be
 * measured, meets none.
 */
export function meetsLimit(
  { value, rival, limit }: Figure,
  bound: number | undefined = limit?.bound,
): boolean | undefined {
  if (limit === undefined || bound === undefined) return undefined;
  const judged = rival === undefined ? value : rival.ratio;
  return limit.kind === 'at-least' ? judged >= bound : judged <= bound;
}
