import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { appOptions } from './bundle/app-options.ts';
import { flavours } from './bundle/flavours.ts';

/*
 * Builds what is shipped: dist/main.cjs, the Function App in one file, and dist/cli.mjs, the command line.
 * A folder as the first argument takes the place of dist.
 */

const root = join(import.meta.dirname, '..');
const outFolder = process.argv[2] ?? join(root, 'dist');

async function bundle(entry: string, file: string, options: BuildOptions): Promise<void> {
  const outfile = join(outFolder, file);
  await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
    entryPoints: [entry],
    outfile,
  });
  const kilobytes = (path: string) => `${Math.ceil(statSync(path).size / 1024).toLocaleString('en-US')} KB`;
  process.stdout.write(
    `${relative(root, outfile)}  ${kilobytes(outfile)}  (source map ${kilobytes(`${outfile}.map`)})\n`,
  );
}

for (const { entry, bundle: file } of flavours) await bundle(entry, file, appOptions);
await bundle('src/cli/main.ts', 'cli.mjs', { format: 'esm', packages: 'external' });
