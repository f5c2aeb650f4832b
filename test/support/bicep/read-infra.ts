import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BicepDeclaration, BicepFile, BicepValue } from './bicep-file.ts';
import { openBicepReader } from './open-bicep-reader.ts';

/** The infrastructure of the repository. */
export interface Infra {
  readonly files: readonly BicepFile[];
  /** A file by its path from `infra/`. */
  readonly file: (path: string) => BicepFile;
  /** A declaration of a file. */
  readonly find: (path: string, kind: BicepDeclaration['kind'], name: string) => BicepDeclaration;
  /** What stands in a value under a path such as `properties.filter`. */
  readonly at: (value: BicepValue | undefined, path: string) => BicepValue | undefined;
}

const folder = join(import.meta.dirname, '../../../infra');

/** Reads every Bicep file of `infra/`. */
export async function readInfra(): Promise<Infra> {
  const read = await openBicepReader();
  const paths = globSync('**/*.{bicep,bicepparam}', { cwd: folder }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const files = paths.sort().map((path) => read(path, readFileSync(join(folder, path), 'utf8')));
  const file = (path: string) => {
    const found = files.find((candidate) => candidate.path === path);
    if (found === undefined) throw new Error(`infra/${path} does not exist`);
    return found;
  };
  return {
    files,
    file,
    find: (path, kind, name) => {
      const found = file(path).declarations.find((one) => one.kind === kind && one.name === name);
      if (found === undefined) throw new Error(`infra/${path} has no ${kind} ${name}`);
      return found;
    },
    at: (value, path) => path.split('.').reduce<BicepValue | undefined>(step, value),
  };
}

function step(value: BicepValue | undefined, key: string): BicepValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return isBicepValue(found) ? found : undefined;
}

function isBicepValue(value: unknown): value is BicepValue {
  return value !== undefined && typeof value !== 'function';
}
