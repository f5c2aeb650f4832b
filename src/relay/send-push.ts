import type { DirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { Push } from '../notifications/push.ts';
import type { HubClients, RelayDeps } from './relay-deps.ts';
import { retryDelay } from './retry-delay.ts';

/** Longest time one HTTP request may take, milliseconds: a ring has thirty seconds and must have time for another try. */
const tryTimeoutMs = 5_000;

/** What came of a push after all its tries. */
export interface SentPush {
  readonly outcome: PushOutcome;
  readonly tries: number;
  /** A try before the last one ended as `unknown`: the device may have the push, whatever the outcome says. */
  readonly mayHaveArrived?: true;
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
 * with jitter, or as long as the hub asks. `unknown` is sent again too, because every try carries the same `apns-id`,
 * collapse id and call id, by which the device shows it once. The last outcome is what is answered.
 */
export async function sendPush(
  deps: Pick<RelayDeps, 'clock' | 'sleep' | 'random'>,
  hubs: HubClients,
  { expiresAtMs, buildAt }: TimedPush,
  deviceHandle: string,
  budgetEndsMs: number,
): Promise<SentPush> {
  let last: PushOutcome | undefined;
  let waitMs = 0;
  let maybe: { readonly mayHaveArrived?: true } = {};
  for (let tries = 0; ; ) {
    let hintMs = 0;
    for (const hub of hubs) {
      const nowMs = deps.clock();
      if (nowMs >= expiresAtMs) return { outcome: { kind: 'expired' }, tries, ...maybe };
      if (nowMs >= budgetEndsMs) return { outcome: last ?? noTime, tries, ...maybe };
      const timeoutMs = Math.min(tryTimeoutMs, expiresAtMs - nowMs, budgetEndsMs - nowMs);
      last = await trySend(hub, buildAt(nowMs), deviceHandle, timeoutMs);
      tries += 1;
      if (last.kind === 'accepted' || last.kind === 'rejected') return { outcome: last, tries, ...maybe };
      if (last.kind === 'unknown') maybe = { mayHaveArrived: true };
      hintMs = Math.max(hintMs, hintOf(last));
    }
    const endedMs = deps.clock();
    if (endedMs >= expiresAtMs) return { outcome: { kind: 'expired' }, tries, ...maybe };
    if (last?.kind === 'misconfigured') return { outcome: last, tries, ...maybe };
    waitMs = retryDelay(waitMs, deps.random());
    const pauseMs = Math.max(waitMs, hintMs);
    const leftMs = Math.min(expiresAtMs, budgetEndsMs) - endedMs;
    // Waiting past the end helps nobody: the redelivery goes on from here.
    if (pauseMs >= leftMs) return { outcome: last ?? noTime, tries, ...maybe };
    await deps.sleep(pauseMs);
  }
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

function hintOf(outcome: PushOutcome): number {
  return outcome.kind === 'throttled' || outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? 0) : 0;
}
