import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { RelayError } from '../../errors/errors.ts';
import { withCoreModule } from './with-core-module.ts';

const packageSchema = z.object({ main: z.string().min(1) });

/**
 * Loads the entry points that `main` of the app's package.json names (a path or a glob, as in Azure), fresh each time,
 * with `core` in the place of `@azure/functions-core`. Whatever the app throws while loading is thrown on.
 *
 * @throws RelayError `BUILD_MISSING` when there is no such file.
 */
export function loadApp(appRoot: string, core: object): void {
  const packagePath = join(appRoot, 'package.json');
  const { main } = packageSchema.parse(JSON.parse(readFileSync(packagePath, 'utf8')));
  const literal = join(appRoot, main);
  const entries = existsSync(literal)
    ? [literal]
    : globSync(main, { cwd: appRoot }).map((file) => join(appRoot, file));
  if (entries.length === 0) {
    throw new RelayError({
      code: 'BUILD_MISSING',
      class: 'user',
      message: `The Function App has no file ${main} (main in package.json): run "npm run build" first.`,
    });
  }
  const require = createRequire(packagePath);
  forget(require, appRoot);
  withCoreModule(core, () => {
    for (const entry of entries) require(entry);
  });
}

/** Drops the app and its copy of the library from the module cache: both remember the host they first met. */
function forget(require: NodeJS.Require, appRoot: string): void {
  const own = appRoot + sep;
  const library = `${sep}@azure${sep}functions${sep}`;
  for (const file of Object.keys(require.cache)) {
    const ofApp = file.startsWith(own) && !file.slice(own.length).includes('node_modules');
    if (ofApp || file.includes(library)) delete require.cache[file];
  }
}
