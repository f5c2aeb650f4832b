import type { Dropped, DroppedReason } from '../notification-hubs/push-outcome.ts';
import type { SendPriority } from '../notification-hubs/transports/hub-transport.ts';
import { type Clock, type StartTimer, waitAtMost } from '../shared/time.ts';

/** Watches, over the tries of one push, whether what it says is still right. */
export interface PushFacts {
  /**
   * Asked before each try. Facts that were known less than a second ago are taken as they were.
   *
   * @returns undefined when the push may be sent; `unreadable` when a push other than a ring must wait for the redelivery
   */
  readonly check: () => Promise<Dropped | 'unreadable' | undefined>;
}

interface CheckedPush {
  readonly priority: SendPriority;
  /** Reads the facts again: why the push must not be sent any more; undefined while it may be sent. */
  readonly recheck?: () => Promise<DroppedReason | undefined>;
}

const freshForMs = 1_000;

/** A ring waits no longer for facts, and rings when they cannot be read. */
const ringWaitsMs = 1_000;

/**
 * The facts of one push, known at this moment.
 *
 * @param endsMs when a push that is no ring gives up reading them, epoch milliseconds
 */
export function createFacts(
  { clock, startTimer }: { readonly clock: Clock; readonly startTimer: StartTimer },
  { priority, recheck }: CheckedPush,
  endsMs: number,
): PushFacts {
  let knownMs = clock();
  // Once it has ended the push, the answer stays.
  let ended: Dropped | 'unreadable' | undefined;
  return {
    check: async () => {
      const nowMs = clock();
      if (recheck === undefined || nowMs - knownMs < freshForMs) return ended;
      const isRing = priority === 'ring';
      const reading = recheck().then((reason) => ({ reason }));
      const read = await within(startTimer, isRing ? ringWaitsMs : endsMs - nowMs, reading).catch(
        () => undefined,
      );
      knownMs = nowMs;
      if (read === undefined) ended = isRing ? undefined : 'unreadable';
      else if (read.reason !== undefined) ended = { kind: 'dropped', reason: read.reason };
      return ended;
    },
  };
}

/** Waits for a value; undefined when it takes longer. What becomes of it after that is ignored. */
export async function within<Value>(
  startTimer: StartTimer,
  ms: number,
  value: Promise<Value>,
): Promise<Value | undefined> {
  const waited = await waitAtMost(startTimer, ms, value);
  return waited.kind === 'done' ? waited.result : undefined;
}
