// Measures what the relay costs. `npm run bench` prints a table; `npm run bench -- --check` also fails when a figure is
// over its limit.
import { parseArgs } from 'node:util';
import { benchMapping } from './mapping.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const figures = await benchMapping();
for (const { name, value, unit, limit } of figures) {
  const verdict = limit === undefined ? '' : value <= limit ? `  (at most ${limit})` : `  OVER ${limit}`;
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(1).padStart(8)} ${unit}${verdict}\n`);
}
if (values.check && figures.some(({ value, limit }) => limit !== undefined && value > limit))
  process.exitCode = 1;
