import { composeApp } from '../../app/compose-app.ts';
import type { DeviceRegistry } from '../../devices/device-registry.ts';
import type { AppIo } from '../app-io.ts';
import { readSettings } from '../read-settings.ts';

/**
 * Does something with the registry of the app, and ends its connections.
 *
 * @throws RelayError `CONFIG_INVALID`, and what `work` throws
 */
export async function withRegistry<Result>(
  io: AppIo,
  work: (registry: DeviceRegistry) => Promise<Result>,
): Promise<Result> {
  const app = await composeApp(readSettings(io));
  try {
    for (const warning of app.warnings) io.err(`acs-relay: ${warning}\n`);
    return await work(app.devices);
  } finally {
    await app.close();
  }
}
