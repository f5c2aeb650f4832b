// `npm run bench`: measures the cost of the relay beside its rivals and prints a table. docs/performance.md explains the
// method and each figure.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { benchOptions } from './bench-options.ts';
import { measureSection } from './measure-section.ts';
import { breaksCheck } from './report/breaks-check.ts';
import type { Figure } from './report/figure.ts';
import { formatFigures } from './report/format-figures.ts';
import { meetsLimit } from './report/meets-limit.ts';
import { sections } from './sections/sections.ts';

const { letters, rounds, check, out } = benchOptions(process.argv.slice(2));
const startMs = performance.now();
const figures: Figure[] = [];
for (const section of sections) {
  if (!section.letters.some((letter) => letters.includes(letter))) continue;
  process.stderr.write(`${section.letters.join(', ')}  ${section.title} …\n`);
  figures.push(...(await measureSection(section, letters, { rounds }, check ? 3 : 1)));
}
process.stdout.write(formatFigures(figures));

const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
const report = {
  machine,
  rounds,
  seconds: Math.round((performance.now() - startMs) / 1000),
  figures: figures.map((figure) => ({ ...figure, met: meetsLimit(figure) })),
};
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`);

const broken = figures.filter(breaksCheck);
if (check && broken.length > 0) {
  process.stderr.write(`${broken.length} figures miss their limits.\n`);
  process.exitCode = 1;
}
