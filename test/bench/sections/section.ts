import type { Figure, SectionLetter } from '../report/figure.ts';

export interface Thoroughness {
  /** Rounds that count, without warm-up. */
  readonly rounds: number;
}

/** A measurement that returns the figures of one or more letters. */
export interface Section {
  readonly letters: readonly SectionLetter[];
  readonly title: string;
  readonly measure: (thoroughness: Thoroughness) => Promise<readonly Figure[]>;
}
