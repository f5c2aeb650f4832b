import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What makes a Function App package, by path. */
export interface PackageSources {
  /** Root of the repository, for package.json. */
  readonly root: string;
  readonly bundle: string;
  readonly hostJson: string;
}

// Without scripts and dependencies nothing can be installed or built in Azure: it runs what was tested.
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean(),
  type: z.string(),
  main: z.string(),
  engines: z.record(z.string(), z.string()),
});

/**
 * The files of the package: the bundle where `main` of package.json says, host.json, and of package.json what the worker
 * of Azure reads.
 */
export function packageFiles({ root, bundle, hostJson }: PackageSources): ReadonlyMap<string, Uint8Array> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return new Map<string, Uint8Array>([
    [manifest.main, readFileSync(bundle)],
    ['host.json', readFileSync(hostJson)],
    ['package.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)],
  ]);
}
