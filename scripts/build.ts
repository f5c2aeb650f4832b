import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { appOptions } from './bundle/app-options.ts';
import { baseOptions } from './bundle/base-options.ts';
import { openTelemetryHostJson } from './open-telemetry-host-json.ts';

/*
 * Builds dist/main.cjs, the Function App in one file, and dist/cli.mjs, the command line. The first argument replaces the
 * folder dist. With --opentelemetry the app contains the OpenTelemetry SDK, and dist/host.opentelemetry.json is its
 * host.json.
 */

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { opentelemetry: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const outFolder = positionals[0] ?? join(root, 'dist');
const entry = values.opentelemetry ? 'functions/main-with-opentelemetry.ts' : 'functions/main.ts';

async function bundle(entry: string, outfile: string, options: BuildOptions): Promise<void> {
  if (!existsSync(join(root, entry))) return;
  await build({ ...baseOptions, ...options, entryPoints: [entry], outfile });
  const kilobytes = (path: string) => `${Math.ceil(statSync(path).size / 1024).toLocaleString('en-US')} KB`;
  process.stdout.write(
    `${relative(root, outfile)}  ${kilobytes(outfile)}  (source map ${kilobytes(`${outfile}.map`)})\n`,
  );
}

await bundle(entry, join(outFolder, 'main.cjs'), appOptions);
await bundle('src/cli/main.ts', join(outFolder, 'cli.mjs'), { format: 'esm', packages: 'external' });
if (values.opentelemetry)
  writeFileSync(
    join(outFolder, 'host.opentelemetry.json'),
    openTelemetryHostJson(readFileSync(join(root, 'host.json'), 'utf8')),
  );
