import { parseArgs } from 'node:util';
import { type SectionLetter, sectionLetters } from './report/figure.ts';

export interface BenchOptions {
  readonly letters: readonly SectionLetter[];
  readonly rounds: number;
  /** Fail when a figure misses its limit. */
  readonly check: boolean;
  /** File for the figures as JSON. */
  readonly out: string;
}

/**
 * Reads the arguments of `npm run bench`: `--sections A,B` (all), `--rounds 5` (7; at least 1), `--check`, and
 * `--out <file>` (`dist/bench.json`).
 *
 * @throws Error for an invalid argument
 */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sections: { type: 'string', default: sectionLetters.join(',') },
      rounds: { type: 'string', default: '7' },
      check: { type: 'boolean', default: false },
      out: { type: 'string', default: 'dist/bench.json' },
    },
  });
  const letters = values.sections.toUpperCase().split(',').map(readLetter);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number of at least 1, but it is "${values.rounds}".`);
  }
  return { letters, rounds, check: values.check, out: values.out };
}

function readLetter(text: string): SectionLetter {
  const letter = sectionLetters.find((known) => known === text.trim());
  if (letter === undefined) {
    throw new Error(
      `--sections must be letters from ${sectionLetters.join(', ')}, but it contains "${text.trim()}".`,
    );
  }
  return letter;
}
