import { breaksCheck } from './report/breaks-check.ts';
import type { Figure, SectionLetter } from './report/figure.ts';
import type { Section, Thoroughness } from './sections/section.ts';

/**
 * Measures a section, and again while figures that `--check` holds miss their limits: a neighbour on the same machine may
 * spoil one measurement, but hardly several. What is answered is one whole measurement, the last one.
 *
 * @param letters figures of other letters are left out
 * @param attempts how often to measure at most
 */
export async function measureSection(
  section: Section,
  letters: readonly SectionLetter[],
  thoroughness: Thoroughness,
  attempts: number,
): Promise<readonly Figure[]> {
  const all = await section.measure(thoroughness);
  const figures = all.filter((figure) => letters.includes(figure.section));
  if (attempts <= 1 || !figures.some(breaksCheck)) return figures;
  return measureSection(section, letters, thoroughness, attempts - 1);
}
