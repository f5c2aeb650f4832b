import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the program of section H into one file, as the relay is deployed, so that no sources are in memory. */
export async function bundleChild(): Promise<{ readonly path: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-memory-'));
  const path = join(folder, 'main.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: path,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
