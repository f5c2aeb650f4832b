import type { Figure, SectionLetter } from '../report/figure.ts';

/** How thoroughly to measure. */
export interface Thoroughness {
  /** Rounds that count. */
  readonly rounds: number;
}

/** One measurement, which gives the figures of one or more letters. */
export interface Section {
  readonly letters: readonly SectionLetter[];
  readonly title: string;
  readonly measure: (thoroughness: Thoroughness) => Promise<readonly Figure[]>;
}
