import { prepareDayTables, sweep } from '../deliveries/day-tables.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { RelayError } from '../errors/errors.ts';
import type { Clock } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';
import { createContextLogger, type Logger } from '../telemetry/logger.ts';
import { getApp, startTimer } from './compose-app.ts';
import { endInTime, type Invocation, timerBudgetMs } from './function-life.ts';

// Event Grid retries for 24 hours at most, so an event of yesterday may still come.
const keepDays = 3;

// Bounds the cost rather than the time: one relay does not have that many devices expire in a night.
const limit = 50_000;

/**
 * The `sweep` timer: drops the tables of days that no redelivery can belong to, and removes expired devices.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`, `FUNCTION_TIMEOUT`, `CONFIG_INVALID`
 */
export async function handleSweep(_timer: unknown, invocation: Invocation): Promise<void> {
  const { config, tables, devices, clock } = await getApp(invocation);
  const log = createContextLogger(invocation);
  const { chatTtlMs } = config;
  const { sweepExpired } = devices;
  const sweeping = runSweep({
    tables,
    sweepExpired,
    clock,
    log,
    keepDays,
    chatTtlMs,
    limit,
    budgetMs: timerBudgetMs,
  });
  await endInTime(startTimer, invocation.functionName, sweeping);
}

interface RunSweep {
  readonly tables: TableService;
  readonly sweepExpired: DeviceRegistry['sweepExpired'];
  readonly clock: Clock;
  readonly log: Logger;
  /** Whole days of the call memory to keep beside today. */
  readonly keepDays: number;
  /** How long a chat push lives. */
  readonly chatTtlMs: number;
  /** How many rows of the expiry index one run reads at most. */
  readonly limit: number;
  /** How long the run may take, in milliseconds. */
  readonly budgetMs: number;
}

/**
 * Creates tomorrow's tables, drops old ones, and logs a line about each part: `sweep` for the day tables of the ledger and
 * the call memory, `sweep-devices` for expired devices. The parts run side by side, so that none waits for one that hangs.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when tomorrow's tables cannot be created, or a part cannot even be listed
 */
export async function runSweep(run: RunSweep): Promise<void> {
  const { tables, clock, log } = run;
  const nowMs = clock();
  const parts = [
    () => prepareDayTables(tables, nowMs),
    async () => {
      const { dropped, failed } = await sweep({
        tables,
        nowMs,
        keepDays: run.keepDays,
        chatTtlMs: run.chatTtlMs,
      });
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
  const ends = await Promise.allSettled(parts.map((part) => part()));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
