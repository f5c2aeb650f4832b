import { describe, expect, it } from 'vitest';
import { startTimers } from '../../../../src/local/functions-host/timers.ts';

describe('startTimers', () => {
  it('splits a wait that is longer than a timer allows', async () => {
    let nowMs = 0;
    const waits: number[] = [];
    let pending: (() => void) | undefined;
    let runs = 0;
    startTimers(
      [
        {
          next: (afterMs) => (afterMs < 3_000_000_000 ? 3_000_000_000 : 9_000_000_000),
          run: async () => {
            runs += 1;
          },
        },
      ],
      () => nowMs,
      (run, delayMs) => {
        waits.push(delayMs);
        pending = run;
        return () => undefined;
      },
    );
    nowMs = 2_147_483_647;
    pending?.();
    expect(waits).toEqual([2_147_483_647, 852_516_353]);
    expect(runs).toBe(0);
    nowMs = 3_000_000_000;
    pending?.();
    expect(runs).toBe(1);
  });

  it('arms no timer after it was stopped, even when a run ends later', async () => {
    const run = Promise.withResolvers<void>();
    const armed: (() => void)[] = [];
    const stop = startTimers(
      [{ next: () => 2000, run: () => run.promise }],
      () => 2000,
      (fire) => {
        armed.push(fire);
        return () => undefined;
      },
    );
    armed[0]?.();
    stop();
    run.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(armed).toHaveLength(1);
  });
});
