import { createContextLogger } from '../telemetry/logger.ts';
import { getApp } from './get-app.ts';
import { runSweep } from './run-sweep.ts';
import type { Invocation } from './start-attempt.ts';

// Event Grid delivers for 24 hours at most, so an event of yesterday may still come.
const keepDays = 3;
// A bound for the bill more than for the time: so many devices of one relay do not expire in a night.
const limit = 50_000;
// host.json ends an invocation after a minute; what is begun at the end of the budget has the rest.
const budgetMs = 40_000;

/**
 * What the sweep timer does: drops the tables of days that no redelivery can come from any more, and removes devices
 * that expired.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`, `CONFIG_INVALID`
 */
export async function handleSweep(_timer: unknown, invocation: Invocation): Promise<void> {
  const { tables, devices, clock } = await getApp(invocation);
  const log = createContextLogger(invocation);
  await runSweep({ tables, sweepExpired: devices.sweepExpired, clock, log, keepDays, limit, budgetMs });
}
