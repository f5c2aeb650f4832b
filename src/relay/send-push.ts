import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { DirectSendClient } from '../notification-hubs/request.ts';
import type { Push } from '../notifications/push.ts';
import { noTrace, type TraceScope } from '../telemetry/tracing.ts';
import type { HubPlace } from './hub-place.ts';
import type { HubClients, RelayDeps } from './relay-deps.ts';
import { retryDelay } from './retry-delay.ts';
import { retryPause } from './retry-pause.ts';
import { tryStep } from './steps/try-step.ts';

/** Longest time one HTTP request may take, milliseconds: a ring has thirty seconds and must have time for another try. */
const tryTimeoutMs = 5_000;

/** What came of a push after all its tries. */
export interface SentPush {
  readonly outcome: PushOutcome;
  readonly tries: number;
  /** A try before the last one ended as `unknown`: the device may have the push, whatever the outcome says. */
  readonly mayHaveArrived?: true;
  /** The hub that was asked last; absent when none was. */
  readonly via?: HubPlace;
  /** What failed on the way, each once, such as `primary misconfigured`; absent when nothing did. */
  readonly failures?: readonly string[];
}

/** A push that is built anew for every try: FCM counts the life of a message from when it gets it. */
export interface TimedPush {
  /** After this moment it must not be sent any more, epoch milliseconds. */
  readonly expiresAtMs: number;
  /** The push for a try at this moment, epoch milliseconds. */
  readonly buildAt: (nowMs: number) => Push;
}

/**
 * Sends one push until its outcome is final or no time is left: the time until `expiresAtMs` or until the attempt's
 * budget ends, whichever is shorter. After each failure the next hub is tried at once; when all have failed, it waits
 * with jitter until the first of them may be asked again; one that asks for more time is left out so long, and one that is
 * misconfigured is not worth a wait. `unknown` is sent again too, because every try carries the same `apns-id`,
 * collapse id and call id, by which the device shows it once. The last outcome is what is answered.
 *
 * @param scope where in the trace each try belongs
 */
export async function sendPush(
  deps: Pick<RelayDeps, 'clock' | 'sleep' | 'random'>,
  hubs: HubClients,
  { expiresAtMs, buildAt }: TimedPush,
  deviceHandle: string,
  budgetEndsMs: number,
  scope: TraceScope = noTrace,
): Promise<SentPush> {
  let last: PushOutcome | undefined;
  let waitMs = 0;
  let soFar: Omit<SentPush, 'outcome'> = { tries: 0 };
  const states = hubs.map((hub, index) => ({ hub, via: placeAt(index), hintMs: 0, isWrong: false }));
  for (;;) {
    for (const state of states) {
      const nowMs = deps.clock();
      if (nowMs >= expiresAtMs) return { outcome: { kind: 'expired' }, ...soFar };
      if (nowMs >= budgetEndsMs) return { outcome: last ?? noTime, ...soFar };
      if (state.hintMs > 0) continue;
      const { hub, via } = state;
      const timeoutMs = Math.min(tryTimeoutMs, expiresAtMs - nowMs, budgetEndsMs - nowMs);
      last = await scope.run(tryStep[via], () => trySend(hub, buildAt(nowMs), deviceHandle, timeoutMs));
      soFar = afterTry(soFar, via, last);
      if (last.kind === 'accepted' || last.kind === 'rejected') return { outcome: last, ...soFar };
      state.hintMs = hintOf(last);
      state.isWrong = last.kind === 'misconfigured';
    }
    const endedMs = deps.clock();
    if (endedMs >= expiresAtMs) return { outcome: { kind: 'expired' }, ...soFar };
    const worthWaiting = states.filter(({ isWrong }) => !isWrong);
    if (worthWaiting.length === 0) return { outcome: last ?? noTime, ...soFar };
    const hintMs = Math.min(...worthWaiting.map((state) => state.hintMs));
    waitMs = retryDelay(waitMs, deps.random());
    const leftMs = Math.min(expiresAtMs, budgetEndsMs) - endedMs;
    const pauseMs = retryPause({ waitMs, hintMs, leftMs, random: deps.random() });
    // Waiting past the end helps nobody: the redelivery goes on from here.
    if (pauseMs >= leftMs) return { outcome: last ?? noTime, ...soFar };
    await deps.sleep(pauseMs);
    for (const state of states) state.hintMs -= pauseMs;
  }
}

function placeAt(index: number): HubPlace {
  return index === 0 ? 'primary' : 'secondary';
}

const noTime: PushOutcome = { kind: 'unavailable', detail: 'no time was left for a try' };

function trySend(
  hub: DirectSendClient,
  push: Push,
  deviceHandle: string,
  timeoutMs: number,
): Promise<PushOutcome> {
  const { platform, headers, body } = push;
  return hub.send({ platform, headers, body }, deviceHandle, { timeoutMs });
}

function afterTry(
  { tries, mayHaveArrived, failures = [] }: Omit<SentPush, 'outcome'>,
  via: HubPlace,
  { kind }: PushOutcome,
): Omit<SentPush, 'outcome'> {
  const failure = `${via} ${kind}`;
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
