import type { Claim, SettleResult } from '../deliveries/claim.ts';
import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import {
  type DeviceOutcome,
  deliveryKey,
  isFinalOutcome,
  ledgerOutcome,
  type Outcomes,
} from '../deliveries/outcomes.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import type { PushReport } from './event-report.ts';

/** An event that this attempt may send. */
export interface ClaimedEvent {
  readonly event: RelayEvent;
  /** The event as received. */
  readonly value: unknown;
  /** Absent when the ledger was down from the start: then nothing is written to it. */
  readonly claim: Claim | undefined;
}

/** How the ledger took it: `lost` to another owner, or `failed`. */
type SettleEnd = SettleResult['kind'] | 'failed';

/**
 * Records what became of an event: dead-letters what failed for good, then settles the ledger. Losing the claim to
 * another owner is harmless. A ledger that fails only now costs a repeated push, which devices collapse: that is better
 * than reporting a failure for what was delivered.
 *
 * @param settled true when nothing is left to send
 * @throws RelayError `STORAGE_UNAVAILABLE` when a failed push could not be dead-lettered; accepted pushes are recorded all
 *   the same, but the event stays open
 */
export function settleEvent(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  claimed: ClaimedEvent,
  pushes: readonly PushReport[],
  settled: boolean,
): Promise<SettleEnd> {
  return attempt.scope.run(settleSpan(settled), () => settle(deps, attempt, claimed, pushes, settled));
}

/** Settling an event: span `acs.settle`. */
function settleSpan(final: boolean): SpanSpec<SettleEnd> {
  return {
    name: 'acs.settle',
    begin: () => ({ 'acs.settle.final': final }),
    end: (end) => (end === 'settled' ? { attributes: {} } : { attributes: {}, failed: end }),
  };
}

async function settle(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  claimed: ClaimedEvent,
  pushes: readonly PushReport[],
  settled: boolean,
): Promise<SettleEnd> {
  const { claim } = claimed;
  const outcomes = outcomesOf(pushes);
  try {
    await deadLetterFailures(deps, attempt, claimed, pushes, outcomes);
  } catch (error) {
    // A failure that could not be dead-lettered stays open: the redelivery fails again, and dead-letters it then.
    const accepted = new Map([...outcomes].filter(([, outcome]) => outcome === 'accepted'));
    if (claim !== undefined) await settleClaim(deps, attempt, claim, accepted, false);
    throw error;
  }
  return claim === undefined ? 'settled' : settleClaim(deps, attempt, claim, outcomes, settled);
}

function outcomesOf(pushes: readonly PushReport[]): Outcomes {
  return new Map(
    pushes.map(({ recipientId, deviceId, kind, outcome, mayHaveArrived }): [string, DeviceOutcome] => {
      const kept = ledgerOutcome(outcome);
      return [
        deliveryKey({ recipientId, deviceId, kind }),
        mayHaveArrived === true && !isFinalOutcome(kept) ? 'unknown' : kept,
      ];
    }),
  );
}

async function deadLetterFailures(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  { event, value, claim }: ClaimedEvent,
  pushes: readonly PushReport[],
  outcomes: Outcomes,
): Promise<void> {
  const rejected = pushes.find(({ outcome }) => outcome.kind === 'rejected');
  const late = pushes.find(({ outcome, kind }) => outcome.kind === 'expired' && !isWorthlessWhenLate(kind));
  const failed = rejected ?? late;
  if (failed === undefined) return;
  await deadLetter(deps, attempt, {
    reason: failed === rejected ? 'rejected' : 'retries-ended',
    message: messageFor(failed),
    attempt: claim?.attempt ?? 1,
    identity: event.identity,
    eventTimeMs: event.timeMs,
    received: { kind: 'json', value },
    outcomes,
  });
}

function messageFor({ kind, platform, outcome }: PushReport): string {
  const push = `${kind} push for ${platform}`;
  return outcome.kind === 'rejected'
    ? `The ${push} was rejected with status ${outcome.status}: ${outcome.detail}`
    : `The ${push} expired before it could be sent. Find the failures of the earlier tries in the log, fix their cause, and redrive with a CHAT_TTL_SECONDS that covers the age of the event.`;
}

async function settleClaim(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  claim: Claim,
  outcomes: Outcomes,
  final: boolean,
): Promise<SettleEnd> {
  try {
    const { kind } = await deps.ledger.settle(claim, outcomes, { final, nowMs: deps.clock() });
    if (kind === 'lost') attempt.log('warn', 'claim-lost', { type: claim.event.identity.type });
    return kind;
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    attempt.log('error', 'ledger-unavailable', { doing: 'not settling', code: error.code });
    return 'failed';
  }
}

/**
 * Dead-letters an event, and reports it once it is stored: one log line, one counter.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function deadLetter(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  letter: Omit<DeadLetterSource, 'functionName' | 'atMs'>,
): Promise<void> {
  const { functionName, ref, telemetry } = attempt;
  await deps.deadLetter({ ...letter, functionName, atMs: deps.clock() });
  attempt.log('error', 'dead-letter', {
    reason: letter.reason,
    code: letter.code,
    type: letter.identity?.type,
    function: functionName,
    ref,
    attempt: letter.attempt,
  });
  telemetry.metrics.deadLettered(letter.reason);
}
