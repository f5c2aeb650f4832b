import type { BuildOptions } from 'esbuild';
import { slimUndici } from './slim-undici.ts';
import { tidyPackages } from './tidy-packages.ts';

/**
 * How a Function App becomes one file: CommonJS, which the worker of Azure loads without a detour, with everything it
 * uses inside.
 */
export const appOptions: BuildOptions = {
  format: 'cjs',
  minify: true,
  plugins: [slimUndici, tidyPackages],
  // The worker of Azure gives the first; the others are loaded only by who chooses and installs them.
  external: ['@azure/functions-core', '@azure/identity', 'azure-sb', 'azure-common'],
};
