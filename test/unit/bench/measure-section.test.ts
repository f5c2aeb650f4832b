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

/** A section that gives one row of figures after the other, and counts how often it was measured. */
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

  it('measures again what a neighbour spoiled, and answers the good measurement', async () => {
    const section = sectionOf([figure('A', 2)], [figure('A', 1)]);
    expect(await measureSection(section, ['A'], { rounds: 5 }, 3)).toEqual([figure('A', 1)]);
    expect(section.rounds).toEqual([5, 5]);
  });

  it('gives up after so many attempts, and answers the last', async () => {
    const section = sectionOf([figure('A', 4)], [figure('A', 3)], [figure('A', 2)], [figure('A', 1)]);
    expect(await measureSection(section, ['A'], { rounds: 5 }, 3)).toEqual([figure('A', 2)]);
    expect(section.rounds).toHaveLength(3);
  });

  it('leaves out letters that were not asked for, whatever they are', async () => {
    const section = sectionOf([figure('A', 9), figure('B', 1)]);
    expect(await measureSection(section, ['B'], { rounds: 1 }, 3)).toEqual([figure('B', 1)]);
    expect(section.rounds).toHaveLength(1);
  });
});
