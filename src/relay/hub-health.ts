import type { DirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { SendPriority } from '../notification-hubs/transports/socket-queue.ts';

/** Why chat does not ask a hub yet. */
export interface Pause {
  /** Status of the answer that asked for it. */
  readonly status: number;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** What this instance has learnt about its hubs from the tries of all its pushes. */
export interface HubHealth {
  /** Whether a hub is asked after the others. */
  readonly isSecond: (hub: DirectSendClient, priority: SendPriority, nowMs: number) => boolean;
  /** The pause that the hub asked for, while it lasts. Rings do not wait for it. */
  readonly chatPause: (hub: DirectSendClient, nowMs: number) => Pause | undefined;
  /** A try has had no answer for as long as a ring waits: rings ask the hub second. */
  readonly isSlow: (hub: DirectSendClient, nowMs: number) => void;
  /** A try has ended. */
  readonly learn: (hub: DirectSendClient, outcome: PushOutcome, startedMs: number, nowMs: number) => void;
}

/** How long a ring waits for the answer of a hub before it asks the next one too, milliseconds. */
export const ringPatienceMs = 700;

const secondForMs = 30_000;

/** A hub counts in minutes at most; a longer `Retry-After` must not silence chat for as long as this instance lives. */
const longestPauseMs = 5 * 60_000;

interface Learnt {
  secondUntilMs: number;
  ringsSecondUntilMs: number;
  pause: Pause | undefined;
}

/**
 * Remembers for 30 seconds that a hub gave no answer or was unavailable, and for rings also that it was slow. A quick
 * acceptance ends that. A hub that throttled is left alone by chat for its `Retry-After`, five minutes at most.
 */
export function createHubHealth(): HubHealth {
  const hubs = new WeakMap<DirectSendClient, Learnt>();
  const of = (hub: DirectSendClient): Learnt => {
    const known = hubs.get(hub) ?? { secondUntilMs: 0, ringsSecondUntilMs: 0, pause: undefined };
    hubs.set(hub, known);
    return known;
  };
  return {
    isSecond: (hub, priority, nowMs) => {
      const { secondUntilMs, ringsSecondUntilMs } = of(hub);
      return nowMs < (priority === 'ring' ? Math.max(secondUntilMs, ringsSecondUntilMs) : secondUntilMs);
    },
    chatPause: (hub, nowMs) => {
      const { pause } = of(hub);
      return pause === undefined || nowMs >= pause.untilMs ? undefined : pause;
    },
    isSlow: (hub, nowMs) => {
      of(hub).ringsSecondUntilMs = nowMs + secondForMs;
    },
    learn: (hub, outcome, startedMs, nowMs) => {
      const learnt = of(hub);
      switch (outcome.kind) {
        case 'accepted':
          if (nowMs - startedMs < ringPatienceMs) {
            learnt.secondUntilMs = 0;
            learnt.ringsSecondUntilMs = 0;
          }
          return;
        case 'unknown':
        case 'unavailable':
          learnt.secondUntilMs = nowMs + secondForMs;
          return;
        case 'throttled': {
          const { status, retryAfterMs = 0 } = outcome;
          const untilMs = nowMs + Math.min(retryAfterMs, longestPauseMs);
          if (untilMs > (learnt.pause?.untilMs ?? 0)) learnt.pause = { status, untilMs };
          return;
        }
        default:
          return;
      }
    },
  };
}
