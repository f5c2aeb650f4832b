import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** The sources of a Function App package, by path. */
export interface PackageSources {
  /** Root of the repository, for package.json. */
  readonly root: string;
  readonly bundle: string;
  readonly hostJson: string;
}

// Without scripts and dependencies, Azure can install and build nothing: it runs exactly what was tested.
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean(),
  type: z.string(),
  main: z.string(),
  engines: z.record(z.string(), z.string()),
});

/**
 * Returns the files of the package by name: the bundle at the path of `main` in package.json, host.json, and the part of
 * package.json that the Azure worker reads.
 */
export function packageFiles({ root, bundle, hostJson }: PackageSources): ReadonlyMap<string, Uint8Array> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return new Map<string, Uint8Array>([
    [manifest.main, readFileSync(bundle)],
    ['host.json', readFileSync(hostJson)],
    ['package.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)],
  ]);
}
