import { SpanKind } from '@opentelemetry/api';
import type { DirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { Push } from '../notifications/push.ts';
import { noTrace, type SpanSpec, type TraceScope } from '../telemetry/tracing.ts';
import type { HubClients, RelayDeps } from './attempt.ts';

/** A hub's place in its pair. */
export type HubRole = 'primary' | 'secondary';

/** The result of a push after all its tries. */
export interface SentPush {
  /** The outcome of the last try. */
  readonly outcome: PushOutcome;
  /** HTTP requests made for the push. */
  readonly tries: number;
  /** A try before the last one ended as `unknown`: the device may have the push, whatever the outcome says. */
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
}

/** The longest one HTTP request may take, milliseconds: a ring has thirty seconds and needs time for another try. */
const tryTimeoutMs = 5_000;

const noTime: PushOutcome = { kind: 'unavailable', detail: 'no time was left for a try' };

/**
 * Sends one push until its outcome is final or its time is up: at `expiresAtMs`, or when the attempt's budget ends,
 * whichever comes first. A failure moves on to the next hub without a pause. After a round in which every hub failed, it
 * waits with jitter until the first hub may be asked again. A hub that asks for more time is skipped for that long; a
 * misconfigured one is not worth waiting for. `unknown` is retried too: every try carries the same `apns-id`, collapse id
 * and call id, so the device shows the push once.
 *
 * @param scope the span that the tries belong to
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
    // A wait past the end is pointless: the redelivery continues from here.
    if (pauseMs >= leftMs) return { outcome: last ?? noTime, ...soFar };
    await deps.sleep(pauseMs);
    for (const state of states) state.hintMs -= pauseMs;
  }
}

function roleAt(index: number): HubRole {
  return index === 0 ? 'primary' : 'secondary';
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
