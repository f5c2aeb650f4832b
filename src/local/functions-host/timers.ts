import type { Clock } from '../../shared/time.ts';
import type { NextOccurrence } from './ncrontab.ts';
import type { RpcTypedData } from './rpc.ts';
import { toTypedData } from './typed-data.ts';

/** Calls `run` once after `delayMs`; gives back how to call it off. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;

/** One timer function. */
export interface Timer {
  readonly next: NextOccurrence;
  /** Runs the function; must not throw. */
  readonly run: (input: RpcTypedData) => Promise<void>;
}

/** The longest wait that `setTimeout` can do. */
const longestWaitMs = 2_147_483_647;

/** What a timer function gets; the library turns the first letters into lower case. */
export function timerInput(lastMs: number, nextMs: number, isPastDue: boolean): RpcTypedData {
  const last = new Date(lastMs).toISOString();
  return toTypedData({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: last, Next: new Date(nextMs).toISOString(), LastUpdated: last },
    IsPastDue: isPastDue,
  });
}

/** Runs timers on their schedules until the returned function is called. One run of a timer ends before its next begins. */
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
