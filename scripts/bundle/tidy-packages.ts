import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

interface Package {
  readonly root: string;
  /** Nothing happens when its files are loaded, so a file nothing is used of can be left out. */
  readonly isFree: boolean;
}

/**
 * Two things that esbuild does not see for itself:
 *
 * - that a package declares itself free of side effects. esbuild asks only the nearest package.json, and the Azure SDKs
 *   keep a second one, with nothing but the module type, beside their ES modules;
 * - that a package which npm had to put into two folders is the same package, by name and version.
 */
export const tidyPackages: Plugin = {
  name: 'tidy-packages',
  setup: (build) => {
    const find = createFinder();
    build.onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === tidyPackages.name || options.kind === 'entry-point') return undefined;
      const found = await build.resolve(path, { ...options, pluginData: tidyPackages.name });
      const root = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(found.path)?.[0];
      if (found.errors.length > 0 || found.external || root === undefined) return undefined;
      const known = find(root);
      const sideEffects = known.isFree ? false : found.sideEffects;
      return { path: known.root + found.path.slice(root.length), sideEffects };
    });
  },
};

/** Gives the same package for each folder that holds a copy of it. */
function createFinder(): (root: string) => Package {
  const byRoot = new Map<string, Package>();
  const byVersion = new Map<string, Package>();
  return (root) => {
    const seen = byRoot.get(root);
    if (seen !== undefined) return seen;
    const { name, version, sideEffects } = Object(
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    );
    const key = `${name}@${version}`;
    const found = byVersion.get(key) ?? { root, isFree: sideEffects === false };
    byVersion.set(key, found);
    byRoot.set(root, found);
    return found;
  };
}
