import { expect, it } from 'vitest';
import { readPage } from '../../unit/docs/read-pages.ts';
import { defaultInputs } from './default-inputs.ts';
import { inputTable } from './input-table.ts';
import { outcomeTable } from './outcome-table.ts';
import { simulate } from './simulate.ts';
import { sizes } from './sizes.ts';

const page = readPage('docs/scale.md').text;
// Columns are as wide as their widest row, so only words can be compared.
const words = (text: string) => text.replace(/ +/g, ' ');

it('docs/scale.md shows the inputs as they are', () => {
  expect(page).toContain(inputTable(defaultInputs));
});

it('docs/scale.md names every size as it is', () => {
  for (const { name, deployment } of sizes) expect(page).toContain(`${name}: ${deployment}\n`);
});

it('docs/scale.md shows what the simulation prints, for the rows that are quick to play', async () => {
  const [small] = sizes;
  const inputs = { ...defaultInputs, ...small?.over };
  for (const load of small?.loads.slice(0, 2) ?? []) {
    const outcome = await simulate({ ...inputs, peakFactor: inputs.peakFactor * load }, 1);
    const [, row = ''] = outcomeTable([{ load, outcome }]).split('\n');
    expect(words(page)).toContain(`${words(row)}\n`);
  }
});
