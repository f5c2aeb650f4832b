import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

interface Package {
  readonly root: string;
  /** Loading its files has no side effects, so unused files can be omitted. */
  readonly isFree: boolean;
}

/**
 * Tells esbuild two facts that it does not detect:
 *
 * - that a package declares itself free of side effects. esbuild reads only the nearest package.json, and the Azure SDKs
 *   have a second one beside their ES modules, which holds only the module type;
 * - that a package which npm installed in two folders is one package, by name and version.
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

/** Returns the same package for every folder with a copy of it. */
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
