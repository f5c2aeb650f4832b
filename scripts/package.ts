import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { measureLoadTime } from '../test/bench/load/measure-load-time.ts';
import { packageFiles } from './package/package-files.ts';
import { zipFiles } from './package/zip-files.ts';

/*
 * Makes what is deployed: dist/relay.zip, and the same files unpacked in dist/package for tools that zip by themselves.
 * A folder as the first argument takes the place of dist.
 */

const root = join(import.meta.dirname, '..');
const outFolder = process.argv[2] ?? join(root, 'dist');
const bundle = join(outFolder, 'main.cjs');
const write = (line: string) => process.stdout.write(`${line}\n`);
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

execFileSync(process.execPath, [join(import.meta.dirname, 'build.ts'), outFolder], { stdio: 'ignore' });
const files = packageFiles({ root, bundle, hostJson: join(root, 'host.json') });

const folder = join(outFolder, 'package');
rmSync(folder, { recursive: true, force: true });
for (const [name, bytes] of files) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
  write(`${name.padEnd(16)} ${kilobytes(bytes.length).padStart(9)}`);
}

const zip = zipFiles(files);
const zipPath = join(outFolder, 'relay.zip');
writeFileSync(zipPath, zip);
write(
  `${relative(root, zipPath)}  ${kilobytes(zip.length)}  sha256 ${createHash('sha256').update(zip).digest('hex')}`,
);

const { emptyMs, loadMs } = measureLoadTime({ bundle, rounds: 11 });
write(
  `loads in ${loadMs.toFixed(0)} ms over an empty Node process of ${emptyMs.toFixed(0)} ms (median of 11 starts)`,
);
