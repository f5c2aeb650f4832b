import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** Options of every bundle that runs on Node. */
export const baseOptions: BuildOptions = {
  absWorkingDir: join(import.meta.dirname, '../..'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};
