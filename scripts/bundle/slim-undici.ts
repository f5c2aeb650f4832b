import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Bundles only the pool of undici, and compresses both builds of its HTTP parser (WebAssembly, with and without SIMD).
 * They are decompressed to identical bytes when undici loads them, so undici behaves as it does unbundled. Importing
 * anything but `Pool` breaks the build. If a later undici renames these files, they are bundled whole, and the size limit
 * of the bundle reports it.
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
  if (!brotliDecompressSync(packed).equals(wasm))
    throw new Error(`${path} changed in compression. Bundle it uncompressed.`);
  return `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64'));`;
}
