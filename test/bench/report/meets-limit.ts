import type { Figure } from './figure.ts';

/** Whether a figure keeps its limit; undefined when it has none. A figure that could not be measured keeps none. */
export function meetsLimit({ value, rival, limit }: Figure): boolean | undefined {
  if (limit === undefined) return undefined;
  const judged = rival === undefined ? value : rival.ratio;
  return limit.kind === 'at-least' ? judged >= limit.bound : judged <= limit.bound;
}
