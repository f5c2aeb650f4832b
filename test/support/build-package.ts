import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm run package` made, in a folder of its own. */
export interface BuiltPackage {
  readonly folder: string;
  readonly zip: Uint8Array;
  readonly printed: string;
  readonly remove: () => void;
}

/** Runs the real packaging script, and options of it, into a temporary folder. */
export function buildPackage(zipName = 'relay.zip', ...options: readonly string[]): BuiltPackage {
  const folder = mkdtempSync(join(tmpdir(), 'relay-package-'));
  const script = join(import.meta.dirname, '../../scripts/package.ts');
  const printed = execFileSync(process.execPath, [script, folder, ...options], { encoding: 'utf8' });
  return {
    folder,
    zip: readFileSync(join(folder, zipName)),
    printed,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
