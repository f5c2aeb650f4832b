import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Function App as it is shipped: host.json, package.json and the bundle, in a folder without node_modules. */
export interface BuiltApp {
  readonly root: string;
  readonly remove: () => void;
}

/** Builds the app with the real build script, and options of it, into a temporary folder. */
export function buildApp(...options: readonly string[]): BuiltApp {
  const repository = join(import.meta.dirname, '../..');
  const root = mkdtempSync(join(tmpdir(), 'relay-app-'));
  execFileSync(process.execPath, [join(repository, 'scripts/build.ts'), join(root, 'dist'), ...options]);
  for (const file of ['host.json', 'package.json']) copyFileSync(join(repository, file), join(root, file));
  return { root, remove: () => rmSync(root, { recursive: true }) };
}
