import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLoadTime } from '../test/bench/load/measure-load-time.ts';
import { packageFiles } from './package/package-files.ts';
import { zipFiles } from './package/zip-files.ts';

/*
 * Builds the package that is deployed: dist/relay.zip, and the same files unpacked in dist/package for tools that create
 * their own zip. The first argument replaces the folder dist. With --opentelemetry it packages the app with the
 * OpenTelemetry SDK as relay-opentelemetry.zip and package-opentelemetry. --starts is the number of starts over which the
 * load time is measured.
 */

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { opentelemetry: { type: 'boolean', default: false }, starts: { type: 'string', default: '11' } },
  allowPositionals: true,
});
const outFolder = positionals[0] ?? join(root, 'dist');
const flavour = values.opentelemetry ? '-opentelemetry' : '';
const built = values.opentelemetry ? join(outFolder, 'opentelemetry') : outFolder;
const hostJson = values.opentelemetry ? join(built, 'host.opentelemetry.json') : join(root, 'host.json');

const write = (line: string) => process.stdout.write(`${line}\n`);
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

const options = values.opentelemetry ? ['--opentelemetry'] : [];
execFileSync(process.execPath, [join(import.meta.dirname, 'build.ts'), built, ...options]);
const files = packageFiles({ root, bundle: join(built, 'main.cjs'), hostJson });

const folder = join(outFolder, `package${flavour}`);
rmSync(folder, { recursive: true, force: true });
for (const [name, bytes] of files) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
  write(`${name.padEnd(16)} ${kilobytes(bytes.length).padStart(9)}`);
}

const zip = zipFiles(files);
const zipPath = join(outFolder, `relay${flavour}.zip`);
writeFileSync(zipPath, zip);
write(`${relative(root, zipPath)}  ${kilobytes(zip.length)}  sha256 ${hash('sha256', zip, 'hex')}`);

const rounds = Number(values.starts);
const { emptyMs, loadMs } = measureLoadTime({ bundle: join(built, 'main.cjs'), rounds });
const empty = `an empty Node process, which takes ${emptyMs.toFixed(0)} ms`;
write(`loads in ${loadMs.toFixed(0)} ms on top of ${empty} (median of ${rounds} starts)`);
