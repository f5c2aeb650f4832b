import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { openTelemetryHostJson } from './open-telemetry-host-json.ts';

/*
 * Builds what is shipped: dist/main.cjs, the Function App in one file, and dist/cli.mjs, the command line.
 * A folder as the first argument takes the place of dist. With --opentelemetry the app brings the OpenTelemetry SDK and a
 * host.json for it, dist/host.opentelemetry.json.
 */

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { opentelemetry: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const outFolder = positionals[0] ?? join(root, 'dist');
const entry = values.opentelemetry ? 'functions/main-with-opentelemetry.ts' : 'functions/main.ts';

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

await bundle(entry, join(outFolder, 'main.cjs'), {
  format: 'cjs',
  minify: true,
  define: { 'import.meta.url': 'bundleUrl' },
  inject: [join(import.meta.dirname, 'bundle-url.ts')],
  // The worker of Azure gives the first; the others are loaded only by who chooses and installs them.
  external: ['@azure/functions-core', 'azure-sb', 'azure-common'],
});
await bundle('src/cli/main.ts', join(outFolder, 'cli.mjs'), { format: 'esm', packages: 'external' });
if (values.opentelemetry)
  writeFileSync(
    join(outFolder, 'host.opentelemetry.json'),
    openTelemetryHostJson(readFileSync(join(root, 'host.json'), 'utf8')),
  );
