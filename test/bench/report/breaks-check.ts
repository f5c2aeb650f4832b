import type { Figure } from './figure.ts';
import { meetsLimit } from './meets-limit.ts';

/** Whether `--check` fails for a figure: it misses its bound, or the value reached so far, and is not a time. */
export function breaksCheck(figure: Figure): boolean {
  return figure.absoluteTime !== true && meetsLimit(figure, figure.limit?.reached) === false;
}
