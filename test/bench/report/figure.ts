/** The figures by their letters, as the table of `docs/performance.md` names them. */
export const sectionLetters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;

export type SectionLetter = (typeof sectionLetters)[number];

/**
 * What is measured against: another client, the wire, or the same work without the relay. `ratio` is the relay's value
 * over this one's, the median of the rounds.
 */
export interface Rival {
  readonly name: string;
  readonly value: number;
  readonly ratio: number;
}

/** The bound of a figure: of its ratio where it has a rival, else of its value. */
export interface Limit {
  readonly kind: 'at-least' | 'at-most';
  readonly bound: number;
  /** What has been reached, where the bound has not: `--check` holds this instead, so that it tells what got worse. */
  readonly reached?: number;
}

/** One measured figure. */
export interface Figure {
  readonly section: SectionLetter;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly rival?: Rival;
  /** Absent: for information. */
  readonly limit?: Limit;
  /** The limit is a time, which another machine need not keep: `--check` does not hold it. */
  readonly absoluteTime?: true;
}
