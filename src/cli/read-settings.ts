import { readLocalSettings } from '../config/local-settings.ts';
import type { Environment } from '../config/settings-reader.ts';
import type { AppIo } from './app-io.ts';

/**
 * The settings of the app as the command line finds them: `Values` of local.settings.json in the current folder, and
 * the environment, which wins.
 *
 * @throws RelayError `CONFIG_INVALID` when local.settings.json cannot be understood
 */
export function readSettings({ cwd, env }: Pick<AppIo, 'cwd' | 'env'>): Environment {
  return { ...readLocalSettings(cwd), ...env };
}
