import type { Figure } from './figure.ts';

/**
 * Whether a figure keeps a bound, by default that of its limit; undefined when it has none. A figure that could not be
 * measured keeps none.
 */
export function meetsLimit(
  { value, rival, limit }: Figure,
  bound: number | undefined = limit?.bound,
): boolean | undefined {
  if (limit === undefined || bound === undefined) return undefined;
  const judged = rival === undefined ? value : rival.ratio;
  return limit.kind === 'at-least' ? judged >= bound : judged <= bound;
}
