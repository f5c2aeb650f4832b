import type { BuildOptions } from 'esbuild';
import { slimUndici } from './slim-undici.ts';
import { slimXml } from './slim-xml.ts';
import { tidyPackages } from './tidy-packages.ts';

/** Bundles a Function App with its packages into one CommonJS file, which the Azure worker loads directly. */
export const appOptions: BuildOptions = {
  format: 'cjs',
  minify: true,
  plugins: [slimUndici, slimXml, tidyPackages],
  // The Azure worker provides the first. The others are optional and loaded only when they are chosen and installed.
  external: ['@azure/functions-core', '@azure/identity', 'azure-sb', 'azure-common'],
};
