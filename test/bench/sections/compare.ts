import { median } from '../measure/median.ts';
import { medianRatio } from '../measure/median-ratio.ts';
import type { Figure, Limit, SectionLetter } from '../report/figure.ts';

/** A series of the relay and one of a rival, of the same rounds. */
export interface Comparison {
  readonly section: SectionLetter;
  readonly name: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly rival: string;
  readonly theirs: readonly number[];
  readonly limit?: Limit;
}

/** Returns the figure of a comparison: both medians, and the median of the ratios of the rounds. */
export function compare({ section, name, unit, ours, rival, theirs, limit }: Comparison): Figure {
  return {
    section,
    name,
    value: median(ours),
    unit,
    rival: { name: rival, value: median(theirs), ratio: medianRatio(ours, theirs) },
    ...(limit === undefined ? {} : { limit }),
  };
}
