import type { DroppedReason, PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { SendPriority } from '../notification-hubs/transports/hub-transport.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import type { NotificationKind } from '../notifications/notification.ts';
import type { Push } from '../notifications/push.ts';
import { noTrace, type TraceScope } from '../telemetry/tracing.ts';
import type { HubClients, RelayDeps } from './attempt.ts';
import {
  createHubHealth,
  type EndedTry,
  type HubHealth,
  type HubRole,
  type HubState,
  type Pause,
  ringPatienceMs,
  tryHub,
} from './hub-tries.ts';
import { createFacts, within } from './push-facts.ts';

/** The result of a push after all its tries. */
export interface SentPush {
  /** The outcome of the last try. */
  readonly outcome: PushOutcome;
  /** HTTP requests made for the push. */
  readonly tries: number;
  /** A try besides the last one got no answer: the device may have the push, whatever the outcome says. */
  readonly mayHaveArrived?: true;
  /** The hub of the last try; absent without one. */
  readonly via?: HubRole;
  /** Each distinct failure once, such as `primary misconfigured`; absent without any. */
  readonly failures?: readonly string[];
}

/** A push that is rebuilt for every try, because FCM counts a message's lifetime from its arrival. */
interface TimedPush {
  /** After this moment it must not be sent any more, epoch milliseconds. */
  readonly expiresAtMs: number;
  /** The push for a try at this moment, epoch milliseconds. */
  readonly buildAt: (nowMs: number) => Push;
  /** See {@link priorityOf}. */
  readonly priority: SendPriority;
  /** Reads the facts again: why the push must not be sent any more; undefined while it may be sent. */
  readonly recheck?: () => Promise<DroppedReason | undefined>;
  /** False once another owner may have the event: then no try begins, except of a ring or its stop. */
  readonly mayStartTry?: () => boolean;
}

/** Rings and stops are worth nothing when they are late, so they go before everything else. */
export function priorityOf(kind: NotificationKind): SendPriority {
  return isWorthlessWhenLate(kind) ? 'ring' : 'chat';
}

const noTime: PushOutcome = { kind: 'unavailable', detail: 'no time was left for a try' };
const notOurs: PushOutcome = { kind: 'unavailable', detail: 'another owner may have the event' };
const noFacts: PushOutcome = {
  kind: 'unavailable',
  detail: 'whether the push is still right could not be read',
};

/**
 * Sends one push until its outcome is final or its time is up: at `expiresAtMs`, or when the attempt's budget ends,
 * whichever comes first.
 *
 * - A failure moves on to the next hub without a pause. After a round in which every hub failed, it waits with jitter
 *   until the first hub may be asked again. A hub that asks for more time is skipped for that long; a misconfigured one is
 *   not worth waiting for.
 * - A hub that took the push and did not answer is not asked again: it may only be slow, and every further copy would make
 *   it slower. The redelivery of the event asks it again.
 * - What other pushes of this instance showed counts too ({@link createHubHealth}).
 * - A ring does not wait for a slow hub while it has another one: after 0.7 seconds it asks that one as well. Every copy
 *   carries the same `apns-id`, collapse id and call id, so that the device shows the push once.
 * - Before a try that begins a second or more after the facts were known, `recheck` is asked.
 *
 * @param scope the span that the tries belong to
 */
export async function sendPush(
  deps: Pick<RelayDeps, 'clock' | 'sleep' | 'startTimer' | 'random' | 'hubHealth'>,
  hubs: HubClients,
  push: TimedPush,
  deviceHandle: string,
  budgetEndsMs: number,
  scope: TraceScope = noTrace,
): Promise<SentPush> {
  const { clock, hubHealth: health = createHubHealth() } = deps;
  const { expiresAtMs, priority } = push;
  const endsMs = Math.min(expiresAtMs, budgetEndsMs);
  const facts = createFacts(deps, push, endsMs);
  const states = hubs.map(toState);
  const running = new Map<HubState, Promise<EndedTry>>();
  let last: PushOutcome | undefined;
  let soFar: Omit<SentPush, 'outcome'> = { tries: 0 };

  const end = (outcome: PushOutcome): SentPush => {
    for (const { via } of running.keys()) soFar = afterTry(soFar, soFar.via ?? via, via, 'unknown');
    return { outcome, ...soFar };
  };

  /** Why no try may begin now; undefined when one may. */
  const obstacle = async (): Promise<PushOutcome | undefined> => {
    if (clock() >= expiresAtMs) return { kind: 'expired' };
    if (clock() >= budgetEndsMs) return last ?? noTime;
    if (priority === 'chat' && push.mayStartTry?.() === false) return last ?? notOurs;
    const changed = await facts.check();
    return changed === 'unreadable' ? (last ?? noFacts) : changed;
  };

  /** Waits for the running tries, `patienceMs` at most; returns the outcome that ends the push. */
  const awaitTries = async (patienceMs?: number): Promise<PushOutcome | undefined> => {
    while (running.size > 0) {
      const first = Promise.race(running.values());
      const ended = await (patienceMs === undefined ? first : within(deps.startTimer, patienceMs, first));
      if (ended === undefined) {
        for (const { hub } of running.keys()) health.isSlow(hub, clock());
        return undefined;
      }
      const { state, outcome } = ended;
      running.delete(state);
      if (outcome === undefined) return obstacle();
      last = outcome;
      soFar = afterTry(soFar, state.via, state.via, outcome.kind);
      if (outcome.kind === 'accepted' || outcome.kind === 'rejected') return outcome;
      state.isMisconfigured = outcome.kind === 'misconfigured';
      state.isUnanswered = outcome.kind === 'unknown';
      state.notBeforeMs = clock() + hintOf(outcome);
    }
    return undefined;
  };

  const pauseOf = ({ hub }: HubState): Pause | undefined =>
    priority === 'chat' ? health.chatPause(hub, clock()) : undefined;
  const canAsk = (state: HubState): boolean =>
    !state.isUnanswered && state.notBeforeMs <= clock() && pauseOf(state) === undefined;

  /** Asks each hub once; returns the outcome that ends the push. */
  const askAll = async (): Promise<PushOutcome | undefined> => {
    const round = inOrder(states, health, priority, clock());
    for (const [index, state] of round.entries()) {
      const over = await obstacle();
      if (over !== undefined) return over;
      if (!canAsk(state)) continue;
      const isFollowed = round.slice(index + 1).some(canAsk);
      const leftMs = endsMs - clock();
      const trying = tryHub(deps, state, { push, deviceHandle, facts, health, scope, leftMs, isFollowed });
      // After the push has ended, nobody waits for a try that still runs.
      trying.catch(() => undefined);
      running.set(state, trying);
      const final = await awaitTries(isFollowed && priority === 'ring' ? ringPatienceMs : undefined);
      if (final !== undefined) return final;
    }
    return awaitTries();
  };

  let waitMs = 0;
  for (;;) {
    const final = await askAll();
    if (final !== undefined) return end(final);
    const endedMs = clock();
    if (endedMs >= expiresAtMs) return end({ kind: 'expired' });
    const worthWaiting = states.filter((state) => !(state.isMisconfigured || state.isUnanswered));
    if (worthWaiting.length === 0) return end(last ?? noTime);
    const readyMs = Math.min(
      ...worthWaiting.map((state) => Math.max(state.notBeforeMs, pauseOf(state)?.untilMs ?? 0)),
    );
    const hintMs = Math.max(0, readyMs - endedMs);
    waitMs = retryDelay(waitMs, deps.random());
    const leftMs = endsMs - endedMs;
    const pauseMs = retryPause({ waitMs, hintMs, leftMs, random: deps.random() });
    // A wait past the end is pointless: the redelivery continues from here.
    if (pauseMs >= leftMs) return end(last ?? paused(worthWaiting.map(pauseOf), hintMs));
    await deps.sleep(pauseMs);
  }
}

function toState(hub: HubState['hub'], index: number): HubState {
  const via = index === 0 ? 'primary' : 'secondary';
  return { hub, via, notBeforeMs: 0, isMisconfigured: false, isUnanswered: false };
}

/** Those that have done well first, a misconfigured one last. */
function inOrder(
  states: readonly HubState[],
  health: HubHealth,
  priority: SendPriority,
  nowMs: number,
): readonly HubState[] {
  const rank = ({ hub, isMisconfigured }: HubState): number =>
    isMisconfigured ? 2 : Number(health.isSecond(hub, priority, nowMs));
  return [...states].sort((one, other) => rank(one) - rank(other));
}

function afterTry(
  { tries, mayHaveArrived, failures = [] }: Omit<SentPush, 'outcome'>,
  via: HubRole,
  tried: HubRole,
  kind: PushOutcome['kind'],
): Omit<SentPush, 'outcome'> {
  const failure = `${tried} ${kind}`;
  const all = kind === 'accepted' || failures.includes(failure) ? failures : [...failures, failure];
  return {
    tries: tries + 1,
    via,
    ...(mayHaveArrived === true || kind === 'unknown' ? { mayHaveArrived: true } : {}),
    ...(all.length === 0 ? {} : { failures: all }),
  };
}

function hintOf(outcome: PushOutcome): number {
  return outcome.kind === 'throttled' || outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? 0) : 0;
}

/** The outcome of a push that was never tried, because its hubs ask this instance to wait. */
function paused(pauses: readonly (Pause | undefined)[], retryAfterMs: number): PushOutcome {
  const pause = pauses.find((one) => one !== undefined);
  return pause === undefined ? noTime : { kind: 'throttled', status: pause.status, retryAfterMs };
}

const baseMs = 200;
const longestMs = 4_000;

/**
 * How long to wait before the next try: decorrelated jitter, a random time between the base and three times the last
 * wait (three times the base at first), so that instances that failed together do not retry together.
 *
 * @param random from 0 to below 1
 */
export function retryDelay(previousMs: number, random: number): number {
  const upperMs = Math.min(longestMs, Math.max(baseMs, previousMs) * 3);
  return Math.round(baseMs + random * (upperMs - baseMs));
}

interface RetryPause {
  /** The jittered wait of this round, milliseconds. */
  readonly waitMs: number;
  /** How long a hub asks to wait, milliseconds; 0 when none does. */
  readonly hintMs: number;
  /** Time left for the push, milliseconds. */
  readonly leftMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

const longestSpreadMs = 2_000;

/**
 * How long to wait before the next round of tries, milliseconds. A hub's `Retry-After` is honoured and extended by a
 * random part of itself, two seconds at most, so that pushes refused in the same second do not return in the same second.
 * The extension alone never costs a push its last try.
 */
export function retryPause({ waitMs, hintMs, leftMs, random }: RetryPause): number {
  if (hintMs <= waitMs) return waitMs;
  const spreadMs = Math.max(0, Math.min(hintMs, longestSpreadMs, (leftMs - hintMs) / 2));
  return hintMs + Math.floor(random * spreadMs);
}
