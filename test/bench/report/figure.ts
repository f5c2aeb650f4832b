/** The letters of the figures in `docs/performance.md`. */
export const sectionLetters = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

export type SectionLetter = (typeof sectionLetters)[number];

/** Another client, the wire, or the same work without the relay. */
export interface Rival {
  readonly name: string;
  readonly value: number;
  /** The relay's value divided by the rival's: the median over the rounds. */
  readonly ratio: number;
}

/** The bound of a figure: of its ratio if it has a rival, otherwise of its value. */
export interface Limit {
  readonly kind: 'at-least' | 'at-most';
  readonly bound: number;
  /** The value reached so far when the bound is missed. `--check` compares with this one, to detect regressions. */
  readonly reached?: number;
}

/** One measured figure. */
export interface Figure {
  readonly section: SectionLetter;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly rival?: Rival;
  /** Absent: for information only. */
  readonly limit?: Limit;
  /** The limit is a time, which depends on the machine: `--check` ignores it. */
  readonly absoluteTime?: true;
}
