import { SpanKind } from '@opentelemetry/api';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { DirectSendClient } from '../notification-hubs/request.ts';
import type { Push } from '../notifications/push.ts';
import { noTrace, type SpanSpec, type TraceScope } from '../telemetry/tracing.ts';
import type { HubClients, RelayDeps } from './attempt.ts';
import type { HubRole } from './event-report.ts';

/** What came of a push after all its tries. */
export interface SentPush {
  readonly outcome: PushOutcome;
  readonly tries: number;
  /** A try before the last one ended as `unknown`: the device may have the push, whatever the outcome says. */
  readonly mayHaveArrived?: true;
  /** The hub that was asked last; absent when none was. */
  readonly via?: HubRole;
  /** What failed on the way, each once, such as `primary misconfigured`; absent when nothing did. */
  readonly failures?: readonly string[];
}

const baseMs = 200;
const longestMs = 4_000;
const longestSpreadMs = 2_000;

/** Longest time one HTTP request may take, milliseconds: a ring has thirty seconds and must have time for another try. */
const tryTimeoutMs = 5_000;

const noTime: PushOutcome = { kind: 'unavailable', detail: 'no time was left for a try' };

/** One HTTP request to a hub: span `acs.try`. */
const trySpan: Readonly<Record<HubRole, SpanSpec<PushOutcome>>> = {
  primary: spanAt('primary'),
  secondary: spanAt('secondary'),
};

/**
 * How long to wait before the next try: decorrelated jitter, a random time between the base and three times the last
 * wait (three times the base at first), so that many instances that failed together do not come back together.
 *
 * @param random from 0 to below 1
 */
export function retryDelay(previousMs: number, random: number): number {
  const upperMs = Math.min(longestMs, Math.max(baseMs, previousMs) * 3);
  return Math.round(baseMs + random * (upperMs - baseMs));
}

/** What decides how long a push waits. */
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

/**
 * How long to wait before the next round of tries, milliseconds. A hub's wish is kept and spread by up to as long again,
 * two seconds at most: whatever was refused in the same second would come back in the same second. The spread alone never
 * costs a push its last try.
 */
export function retryPause({ waitMs, hintMs, leftMs, random }: RetryPause): number {
  if (hintMs <= waitMs) return waitMs;
  const spreadMs = Math.max(0, Math.min(hintMs, longestSpreadMs, (leftMs - hintMs) / 2));
  return hintMs + Math.floor(random * spreadMs);
}

/** A push that is built anew for every try: FCM counts the life of a message from when it gets it. */
interface TimedPush {
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
  const states = hubs.map((hub, index) => ({ hub, via: roleAt(index), hintMs: 0, isMisconfigured: false }));
  for (;;) {
    for (const state of states) {
      const nowMs = deps.clock();
      if (nowMs >= expiresAtMs) return { outcome: { kind: 'expired' }, ...soFar };
      if (nowMs >= budgetEndsMs) return { outcome: last ?? noTime, ...soFar };
      if (state.hintMs > 0) continue;
      const { hub, via } = state;
      const timeoutMs = Math.min(tryTimeoutMs, expiresAtMs - nowMs, budgetEndsMs - nowMs);
      last = await scope.run(trySpan[via], () => trySend(hub, buildAt(nowMs), deviceHandle, timeoutMs));
      soFar = afterTry(soFar, via, last);
      if (last.kind === 'accepted' || last.kind === 'rejected') return { outcome: last, ...soFar };
      state.hintMs = hintOf(last);
      state.isMisconfigured = last.kind === 'misconfigured';
    }
    const endedMs = deps.clock();
    if (endedMs >= expiresAtMs) return { outcome: { kind: 'expired' }, ...soFar };
    const worthWaiting = states.filter(({ isMisconfigured }) => !isMisconfigured);
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

function roleAt(index: number): HubRole {
  return index === 0 ? 'primary' : 'secondary';
}

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
  via: HubRole,
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

function spanAt(place: HubRole): SpanSpec<PushOutcome> {
  return {
    name: 'acs.try',
    kind: SpanKind.CLIENT,
    begin: () => ({ 'acs.try.hub': place }),
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
