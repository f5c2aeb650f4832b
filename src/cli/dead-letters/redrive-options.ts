import type { LetterFilter } from './letter-filter.ts';

/** What `dead-letters redrive` was asked for. */
export interface RedriveOptions extends LetterFilter {
  readonly container: string;
  /** Every letter that the filter means, rather than named ones. */
  readonly all?: boolean;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** Send without asking, however much it is. */
  readonly yes?: boolean;
  /** Also what was redriven before. */
  readonly again?: boolean;
}
