import { breaksCheck } from './report/breaks-check.ts';
import type { Figure, SectionLetter } from './report/figure.ts';
import type { Section, Thoroughness } from './sections/section.ts';

/**
 * Measures a section, and repeats it while a figure fails `--check`: other work on the machine may spoil one measurement,
 * but hardly several.
 *
 * @param letters figures of other letters are omitted
 * @param attempts the greatest number of measurements
 * @returns the figures of the last measurement only
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
