import { prepareDayTables, sweep } from '../deliveries/day-tables.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { RelayError } from '../errors/errors.ts';
import type { Clock } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';
import { createContextLogger, type Logger } from '../telemetry/logger.ts';
import { getApp } from './compose-app.ts';
import type { Invocation } from './handle-events.ts';

// Event Grid delivers for 24 hours at most, so an event of yesterday may still come.
const keepDays = 3;

// A bound for the bill more than for the time: so many devices of one relay do not expire in a night.
const limit = 50_000;

// host.json ends an invocation after a minute; what is begun at the end of the budget has the rest.
const budgetMs = 40_000;

/** What a run takes. */
interface RunSweep {
  readonly tables: TableService;
  readonly sweepExpired: DeviceRegistry['sweepExpired'];
  readonly clock: Clock;
  readonly log: Logger;
  /** Whole days of the ledger and the call memory to keep beside today. */
  readonly keepDays: number;
  /** How many rows of the expiry index one run looks at. */
  readonly limit: number;
  /** How long the run may take, in milliseconds. */
  readonly budgetMs: number;
}

/**
 * Makes tomorrow's tables, drops what nobody needs any more, and writes a line about each part: `sweep` for the day tables of the ledger and the
 * call memory, `sweep-devices` for expired devices. A part that fails does not keep the other from its turn.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the tables of a part cannot even be listed
 */
export async function runSweep(run: RunSweep): Promise<void> {
  const { tables, clock, log } = run;
  const nowMs = clock();
  const parts = [
    () => prepareDayTables(tables, nowMs),
    async () => {
      const { dropped, failed } = await sweep({ tables, nowMs, keepDays: run.keepDays });
      const level = failed.length === 0 ? 'info' : 'warn';
      log(level, 'sweep', { dropped: dropped.length, failed: failed.length });
    },
    async () => {
      const bounds = { limit: run.limit, deadlineMs: nowMs + run.budgetMs };
      const { failure, ...counts } = await run.sweepExpired(bounds);
      const level = counts.failed === 0 && !counts.cutShort ? 'info' : 'warn';
      log(level, 'sweep-devices', {
        ...counts,
        ...(failure instanceof RelayError ? { reason: failure.code } : {}),
      });
    },
  ];
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

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
