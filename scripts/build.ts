import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { appOptions } from './bundle/app-options.ts';
import { baseOptions } from './bundle/base-options.ts';

/*
 * Builds what is shipped: dist/main.cjs, the Function App in one file, and dist/cli.mjs, the command line.
 * A folder as the first argument takes the place of dist.
 */

const root = join(import.meta.dirname, '..');
const outFolder = process.argv[2] ?? join(root, 'dist');

async function bundle(entry: string, outfile: string, options: BuildOptions): Promise<void> {
  if (!existsSync(join(root, entry))) return;
  await build({ ...baseOptions, ...options, entryPoints: [entry], outfile });
  const kilobytes = (path: string) => `${Math.ceil(statSync(path).size / 1024).toLocaleString('en-US')} KB`;
  process.stdout.write(
    `${relative(root, outfile)}  ${kilobytes(outfile)}  (source map ${kilobytes(`${outfile}.map`)})\n`,
  );
}

await bundle('functions/main.ts', join(outFolder, 'main.cjs'), appOptions);
await bundle('src/cli/main.ts', join(outFolder, 'cli.mjs'), { format: 'esm', packages: 'external' });
