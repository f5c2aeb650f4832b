import { sweep } from '../deliveries/sweep.ts';
import { createContextLogger } from '../telemetry/context-logger.ts';
import { getApp } from './get-app.ts';
import type { Invocation } from './start-attempt.ts';

// Event Grid delivers for 24 hours at most, so an event of yesterday may still come.
const keepDays = 3;

/**
 * What the sweep timer does: drops the tables of days that no redelivery can come from any more.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`, `CONFIG_INVALID`
 */
export async function handleSweep(_timer: unknown, invocation: Invocation): Promise<void> {
  const { tables, clock } = await getApp(invocation);
  const { dropped, failed } = await sweep({ tables, nowMs: clock(), keepDays });
  const level = failed.length === 0 ? 'info' : 'warn';
  createContextLogger(invocation)(level, 'sweep', { dropped: dropped.length, failed: failed.length });
}
