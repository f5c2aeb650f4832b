// Measures how far the code of an operation is spread, and prints it: `npm run structure`.

import { functionTies } from '../../support/lonely-functions.ts';
import { lineCount, readSourceFiles } from '../../support/source-files.ts';
import type { Coverage } from './covered-files.ts';
import { redriveFlow, registerFlow, ringFlow } from './flows.ts';

const modules = readSourceFiles('src/**/*.ts');
const lines = modules.map(lineCount).sort((one, other) => one - other);
const write = (text: string) => process.stdout.write(`${text}\n`);
const row = (name: string, { files, functions }: Coverage, limit: number) => {
  const perFile = (functions / files.length).toFixed(1);
  write(
    `${name.padEnd(28)}${files.length} files (at most ${limit}), ${functions} functions, ${perFile} per file`,
  );
  if (process.argv.includes('--files')) for (const file of files) write(`    ${file}`);
};

row('IncomingCall', await ringFlow(), 45);
row('PUT of a device', await registerFlow(), 12);
row('dead-letters redrive', await redriveFlow(), 70);
write(
  `${'modules'.padEnd(28)}${modules.length}, median ${lines[Math.floor(lines.length / 2)]} lines, longest ${lines.at(-1)}`,
);
const ties = modules.map(functionTies);
const lonely = ties.flatMap(({ path, lonely }) => lonely.map((name) => `${path}#${name}`));
write(`${'functions that stand alone'.padEnd(28)}${lonely.length}`);
for (const name of lonely) write(`    ${name}`);
write('functions that another one of their module uses or shares a type with, of all:');
for (const { path, functions, lonely } of ties.filter(({ functions }) => functions.length > 1)) {
  write(`${`${functions.length - lonely.length}/${functions.length}`.padStart(9)}  ${path}`);
}
if (process.argv.includes('--every-twelfth')) {
  for (const { path } of modules.filter((_, index) => index % 12 === 0)) write(`    ${path}`);
}
