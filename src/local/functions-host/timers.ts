import * as z from 'zod';
import type { Clock } from '../../shared/time.ts';
import type { AppRuntime } from './app-runtime.ts';
import { type NextOccurrence, parseNcrontab } from './ncrontab.ts';
import { findTrigger, type RpcTypedData, toTypedData } from './rpc.ts';

/** Schedules `run`; returns a function that cancels it. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;

interface Timer {
  readonly next: NextOccurrence;
  /** Must not throw. */
  readonly run: (input: RpcTypedData) => Promise<void>;
}

const bindingSchema = z.object({ schedule: z.string() });

/** The timers of an app. `%NAME%` in a schedule is replaced from `settings`, as in Azure. */
export function createTimers(
  runtime: AppRuntime,
  settings: Readonly<Record<string, string | undefined>>,
): readonly Timer[] {
  return runtime.functions.flatMap((registered): readonly Timer[] => {
    const trigger = findTrigger(registered.metadata);
    if (trigger?.binding.type.toLowerCase() !== 'timertrigger') return [];
    const { schedule } = bindingSchema.parse(trigger.binding);
    const resolved = schedule.replaceAll(/%([^%]+)%/g, (whole, name: string) => settings[name] ?? whole);
    return [
      {
        next: parseNcrontab(resolved),
        run: async (data) => {
          const inputData = [{ name: trigger.name, data }];
          // The failure is already logged, and the schedule continues.
          await runtime
            .invoke(registered, { inputData, triggerMetadata: {}, traceContext: {} })
            .catch(() => undefined);
        },
      },
    ];
  });
}

/** The longest delay of `setTimeout`. */
const longestWaitMs = 2_147_483_647;

/** Runs timers on their schedules until the returned function is called. Runs of one timer never overlap. */
export function startTimers(timers: readonly Timer[], clock: Clock, startTimer: StartTimer): () => void {
  let stopped = false;
  const cancels = new Map<Timer, () => void>();
  const arm = (timer: Timer, dueMs: number) => {
    if (stopped) return;
    const waitMs = Math.max(0, dueMs - clock());
    cancels.set(
      timer,
      startTimer(() => fire(timer, dueMs), Math.min(waitMs, longestWaitMs)),
    );
  };
  const fire = (timer: Timer, dueMs: number) => {
    if (clock() < dueMs) {
      arm(timer, dueMs);
      return;
    }
    const input = timerInput(dueMs, timer.next(dueMs), false);
    void timer.run(input).finally(() => arm(timer, timer.next(clock())));
  };
  for (const timer of timers) arm(timer, timer.next(clock()));
  return () => {
    stopped = true;
    for (const cancel of cancels.values()) cancel();
  };
}

/** The input of a timer function; the library converts its keys to camel case. */
export function timerInput(lastMs: number, nextMs: number, isPastDue: boolean): RpcTypedData {
  const last = new Date(lastMs).toISOString();
  return toTypedData({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: last, Next: new Date(nextMs).toISOString(), LastUpdated: last },
    IsPastDue: isPastDue,
  });
}
