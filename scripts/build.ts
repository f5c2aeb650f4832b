import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/*
 * Builds what is shipped: dist/main.cjs, the Function App in one file, and dist/cli.mjs, the command line.
 * A folder as the first argument takes the place of dist.
 */

const root = join(import.meta.dirname, '..');
const outFolder = process.argv[2] ?? join(root, 'dist');

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

async function bundle(entry: string, outfile: string, options: BuildOptions): Promise<void> {
  if (!existsSync(join(root, entry))) return;
  await build({ ...common, ...options, entryPoints: [entry], outfile });
  const kilobytes = (path: string) => `${Math.ceil(statSync(path).size / 1024).toLocaleString('en-US')} KB`;
  process.stdout.write(
    `${relative(root, outfile)}  ${kilobytes(outfile)}  (source map ${kilobytes(`${outfile}.map`)})\n`,
  );
}

await bundle('functions/main.ts', join(outFolder, 'main.cjs'), {
  format: 'cjs',
  minify: true,
  define: { 'import.meta.url': 'bundleUrl' },
  inject: [join(import.meta.dirname, 'bundle-url.ts')],
  // The worker of Azure gives the first; the others are loaded only by who chooses and installs them.
  external: ['@azure/functions-core', 'azure-sb', 'azure-common'],
});
await bundle('src/cli/main.ts', join(outFolder, 'cli.mjs'), { format: 'esm', packages: 'external' });
