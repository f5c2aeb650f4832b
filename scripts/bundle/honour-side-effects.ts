import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Lets esbuild see that a package declares itself free of side effects, so that files nothing is used of are left out.
 * esbuild asks only the nearest package.json, and the Azure SDKs keep a second one, with nothing but the module type,
 * beside their ES modules.
 */
export const honourSideEffects: Plugin = {
  name: 'honour-side-effects',
  setup: (build) => {
    build.onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === honourSideEffects.name || options.kind === 'entry-point') return undefined;
      const found = await build.resolve(path, { ...options, pluginData: honourSideEffects.name });
      if (found.errors.length > 0 || found.external || !isFree(found.path)) return undefined;
      return { path: found.path, sideEffects: false };
    });
  },
};

const known = new Map<string, boolean>();

function isFree(path: string): boolean {
  const root = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
  if (root === undefined) return false;
  const file = join(root, 'package.json');
  const free =
    known.get(root) ??
    (existsSync(file) && Object(JSON.parse(readFileSync(file, 'utf8'))).sideEffects === false);
  known.set(root, free);
  return free;
}
