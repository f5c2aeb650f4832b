// `npm run simulate`: simulates the busiest minutes of tenants of three sizes in virtual time, and prints what happens to
// rings and chat as the load grows. docs/scale.md explains the output.
import { parseArgs } from 'node:util';
import { defaultInputs } from './default-inputs.ts';
import { inputTable } from './input-table.ts';
import { outcomeTable } from './outcome-table.ts';
import { simulate } from './simulate.ts';
import { sizes } from './sizes.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    set: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const chosen = sizes.filter(({ name }) => values.size === undefined || values.size.includes(name));
const changes = values.set.map((text) => text.split('='));
const unusable =
  !Number.isInteger(seed) ||
  chosen.length === 0 ||
  changes.some(([name = '', value]) => !Object.hasOwn(defaultInputs, name) || !(Number(value) >= 0));
if (unusable) {
  const names = sizes.map(({ name }) => name).join(', ');
  process.stderr.write(
    `Usage: npm run simulate -- [--size <${names}>] [--seed <number>] [--set <input>=<number>] [--json]\n`,
  );
  process.exit(2);
}
const over = Object.fromEntries(changes.map(([name, value]) => [name, Number(value)]));

if (!values.json) process.stdout.write(`${inputTable({ ...defaultInputs, ...over })}\n`);
for (const { name, deployment, over: ofSize, loads } of chosen) {
  const inputs = { ...defaultInputs, ...ofSize, ...over };
  const rows = [];
  for (const load of loads) {
    const outcome = await simulate({ ...inputs, peakFactor: inputs.peakFactor * load }, seed);
    rows.push({ load, outcome });
    if (values.json) process.stdout.write(`${JSON.stringify({ size: name, load, ...outcome })}\n`);
  }
  if (!values.json) process.stdout.write(`${name}: ${deployment}\n${outcomeTable(rows)}\n`);
}
