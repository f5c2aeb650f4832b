import { describe, expect, it } from 'vitest';
import { measureSection } from '../../bench/measure-section.ts';
import type { Figure, SectionLetter } from '../../bench/report/figure.ts';

const figure = (section: SectionLetter, value: number): Figure => ({
  section,
  name: section,
  value,
  unit: '',
  limit: { kind: 'at-most', bound: 1 },
});

/** A section that returns one list of figures per measurement, and records the rounds of each. */
function sectionOf(...results: readonly (readonly Figure[])[]) {
  const left = [...results];
  const rounds: number[] = [];
  return {
    letters: ['A', 'B'] as const,
    title: 'test',
    rounds,
    measure: async (thoroughness: { readonly rounds: number }) => {
      rounds.push(thoroughness.rounds);
      return left.shift() ?? [];
    },
  };
}

describe('measureSection', () => {
  it('measures once when every limit is met', async () => {
    const section = sectionOf([figure('A', 1)]);
    expect(await measureSection(section, ['A'], { rounds: 5 }, 3)).toEqual([figure('A', 1)]);
    expect(section.rounds).toEqual([5]);
  });

  it('measures again when a limit is missed, and returns the measurement that meets it', async () => {
    const section = sectionOf([figure('A', 2)], [figure('A', 1)]);
    expect(await measureSection(section, ['A'], { rounds: 5 }, 3)).toEqual([figure('A', 1)]);
    expect(section.rounds).toEqual([5, 5]);
  });

  it('returns the last measurement when every attempt misses a limit', async () => {
    const section = sectionOf([figure('A', 4)], [figure('A', 3)], [figure('A', 2)], [figure('A', 1)]);
    expect(await measureSection(section, ['A'], { rounds: 5 }, 3)).toEqual([figure('A', 2)]);
    expect(section.rounds).toHaveLength(3);
  });

  it('ignores figures of other letters, even when they miss their limits', async () => {
    const section = sectionOf([figure('A', 9), figure('B', 1)]);
    expect(await measureSection(section, ['B'], { rounds: 1 }, 3)).toEqual([figure('B', 1)]);
    expect(section.rounds).toHaveLength(1);
  });
});
