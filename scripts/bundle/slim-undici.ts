import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Takes of undici what the relay uses, the pool, and stores the two builds of its HTTP parser (WebAssembly, with SIMD
 * and without) compressed. Both are unpacked to the very same bytes when undici asks for them, so it works as it does
 * unbundled. An import of anything but `Pool` does not build; files that a later undici names otherwise stay whole, and
 * the budget for the bundle tells.
 */
export const slimUndici: Plugin = {
  name: 'slim-undici',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, () => ({
      contents: `export { default as Pool } from './lib/dispatcher/pool.js';`,
    }));
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]llhttp[\\/]llhttp(?:_simd)?-wasm\.js$/ }, ({ path }) => ({
      contents: compressedModule(path),
    }));
  },
};

function compressedModule(path: string): string {
  const wasm: unknown = require(path);
  if (!Buffer.isBuffer(wasm)) return readFileSync(path, 'utf8');
  const packed = brotliCompressSync(wasm);
  if (!brotliDecompressSync(packed).equals(wasm)) throw new Error(`${path} did not survive its compression.`);
  return `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64'));`;
}
