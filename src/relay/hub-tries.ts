import { SpanKind } from '@opentelemetry/api';
import type { DirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { SendPriority } from '../notification-hubs/transports/hub-transport.ts';
import type { Push } from '../notifications/push.ts';
import type { Clock } from '../shared/time.ts';
import type { SpanSpec, TraceScope } from '../telemetry/tracing.ts';
import type { PushFacts } from './push-facts.ts';

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

/** A hub's place in its pair. */
export type HubRole = 'primary' | 'secondary';

/** One hub, for one push. */
export interface HubState {
  readonly hub: DirectSendClient;
  readonly via: HubRole;
  /** Until then it asked this push to wait, epoch milliseconds. */
  notBeforeMs: number;
  isMisconfigured: boolean;
  /** It took the push and did not answer. */
  isUnanswered: boolean;
}

/** How a try ended; without an outcome when the facts changed before it was sent. */
export interface EndedTry {
  readonly state: HubState;
  readonly outcome: PushOutcome | undefined;
}

interface HubTry {
  readonly push: { readonly buildAt: (nowMs: number) => Push; readonly priority: SendPriority };
  readonly deviceHandle: string;
  readonly facts: PushFacts;
  readonly health: HubHealth;
  readonly scope: TraceScope;
  /** Time left for the push, milliseconds. */
  readonly leftMs: number;
  /** Another hub can be asked after this one. */
  readonly isFollowed: boolean;
}

/** One HTTP request to a hub. What it shows of the hub is remembered for other pushes. */
export async function tryHub(
  { clock }: { readonly clock: Clock },
  state: HubState,
  { push, deviceHandle, facts, health, scope, leftMs, isFollowed }: HubTry,
): Promise<EndedTry> {
  const { hub, via } = state;
  const { priority } = push;
  const startedMs = clock();
  const { platform, headers, body } = push.buildAt(startedMs);
  let isUnwanted = false;
  const options = {
    ...tryTimes(priority, leftMs, isFollowed),
    priority,
    isStillWanted: async () => {
      isUnwanted = (await facts.check()) !== undefined;
      return !isUnwanted;
    },
  };
  const outcome = await scope.run(trySpan[via], () =>
    hub.send({ platform, headers, body }, deviceHandle, options),
  );
  if (isUnwanted) return { state, outcome: undefined };
  health.learn(hub, outcome, startedMs, clock());
  return { state, outcome };
}

/** The longest a hub may take to answer, milliseconds: it is slow more often than dead, and half the budget is left. */
const longestTryMs = 12_000;

/** The same for a ring that has another hub. */
const ringTryMs = 5_000;

/** The longest wait for a socket where another hub may have one, milliseconds. */
const followedWaitMs = 2_000;

/** A socket that is there or can be opened is worth this wait, milliseconds, also at the end of the time. */
const shortestWaitMs = 1_000;

/**
 * How long a try may take from its write, and how long it may wait before that. The wait ends while there is time for a
 * whole try, since a write that nobody waits for would only double the push. Nothing is written after the end of
 * `leftMs`; the answer of a try that began late may come up to a second after it.
 */
function tryTimes(
  priority: SendPriority,
  leftMs: number,
  isFollowed: boolean,
): { readonly timeoutMs: number; readonly waitMs: number } {
  const tryMs = priority === 'ring' && isFollowed ? ringTryMs : longestTryMs;
  const waitMs = Math.max(leftMs - tryMs, Math.min(shortestWaitMs, leftMs));
  return {
    timeoutMs: Math.min(tryMs, leftMs),
    waitMs: isFollowed ? Math.min(waitMs, followedWaitMs) : waitMs,
  };
}

/** One HTTP request to a hub: span `acs.try`. */
const trySpan: Readonly<Record<HubRole, SpanSpec<PushOutcome>>> = {
  primary: trySpanAt('primary'),
  secondary: trySpanAt('secondary'),
};

function trySpanAt(role: HubRole): SpanSpec<PushOutcome> {
  return {
    name: 'acs.try',
    kind: SpanKind.CLIENT,
    begin: () => ({ 'acs.try.hub': role }),
    end: (outcome) => ({
      attributes: {
        'acs.try.outcome': outcome.kind,
        'acs.try.status': 'status' in outcome ? outcome.status : undefined,
        'acs.try.tracking_id': 'trackingId' in outcome ? outcome.trackingId : undefined,
      },
      ...(outcome.kind === 'accepted' ? {} : { failed: outcome.kind }),
    }),
  };
}
