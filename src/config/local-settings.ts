import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { RelayError } from '../errors/errors.ts';
import { parseJson } from '../shared/json.ts';

const schema = z.object({ Values: z.record(z.string(), z.string()).default({}) });

/**
 * The `Values` of local.settings.json in the app's folder; empty when there is no such file. Empty values mean "not set"
 * and are left out.
 *
 * @throws RelayError `CONFIG_INVALID` when the file is not valid
 */
export function readLocalSettings(appRoot: string): Readonly<Record<string, string>> {
  const path = join(appRoot, 'local.settings.json');
  if (!existsSync(path)) return {};
  const settings = schema.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!settings.success) {
    throw new RelayError({
      code: 'CONFIG_INVALID',
      class: 'config',
      message:
        'local.settings.json is invalid: it must be JSON with an object "Values" of strings. See local.settings.sample.json.',
    });
  }
  return Object.fromEntries(Object.entries(settings.data.Values).filter(([, value]) => value !== ''));
}
