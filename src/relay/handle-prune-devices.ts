import { createContextLogger } from '../telemetry/logger.ts';
import { getApp } from './get-app.ts';
import { pruneDevices } from './prune-devices.ts';
import type { Invocation } from './start-attempt.ts';

// host.json ends an invocation after a minute; what is begun at the end of the budget has the rest.
const budgetMs = 40_000;

/**
 * What the prune timer does: removes the device handles that push services call dead in the feedback of the hubs.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`, `CONFIG_INVALID`
 */
export async function handlePruneDevices(_timer: unknown, invocation: Invocation): Promise<void> {
  const { config, devices, clock } = await getApp(invocation);
  await pruneDevices({
    config,
    prune: devices.prune,
    clock,
    log: createContextLogger(invocation),
    budgetMs,
  });
}
