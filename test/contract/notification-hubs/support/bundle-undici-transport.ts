import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { appOptions } from '../../../../scripts/bundle/app-options.ts';
import { baseOptions } from '../../../../scripts/bundle/base-options.ts';

const path = 'src/notification-hubs/transports/undici-transport.ts';
type Transport = typeof import('../../../../src/notification-hubs/transports/undici-transport.ts');

/** The built-in transport with undici as the bundle holds it: cut to the pool, its parser stored compressed. */
export async function bundleUndiciTransport(): Promise<Transport> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-transport-'));
  const outfile = join(folder, 'transport.cjs');
  try {
    await build({ ...baseOptions, ...appOptions, sourcemap: false, entryPoints: [path], outfile });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
