import type { Figure } from './figure.ts';
import { meetsLimit } from './meets-limit.ts';

/** Whether `--check` fails for a figure: it misses its limit, or what was reached of it, and the limit is no time. */
export function breaksCheck(figure: Figure): boolean {
  return figure.absoluteTime !== true && meetsLimit(figure, figure.limit?.reached) === false;
}
