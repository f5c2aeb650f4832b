import type { Claim } from '../deliveries/claim.ts';
import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import { type DeviceOutcome, deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import type { PushReport, SettleEnd } from './event-report.ts';

/** What an attempt leaves behind. */
export interface AttemptResult {
  readonly event: RelayEvent;
  /** The event as received. */
  readonly value: unknown;
  /** Absent when the ledger was down from the start. */
  readonly claim: Claim | undefined;
  readonly pushes: readonly PushReport[];
  /** True when nothing is left to send. */
  readonly settled: boolean;
}

/**
 * Puts an event aside, and once it is safe there tells so: one line, one counter.
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

/**
 * Writes down what became of an event: first what failed for good goes aside, then the ledger is settled. Losing the
 * claim to another owner changes nothing, and a ledger that fails only now costs a repeated push, which devices
 * collapse: it is better than reporting a failure for what was delivered.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when what failed could not be put aside; what was accepted is written
 *   down all the same, but the event stays open
 */
export function settleEvent(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  result: AttemptResult,
): Promise<SettleEnd> {
  return attempt.scope.run(settleSpan(result.settled), () => settle(deps, attempt, result));
}

/** Writing down what became of an event: span `acs.settle`. */
function settleSpan(final: boolean): SpanSpec<SettleEnd> {
  return {
    name: 'acs.settle',
    begin: () => ({ 'acs.settle.final': final }),
    end: (end) => (end === 'settled' ? { attributes: {} } : { attributes: {}, failed: end }),
  };
}

async function settle(deps: RelayDeps, attempt: ObservedAttempt, result: AttemptResult): Promise<SettleEnd> {
  const { claim, pushes, settled } = result;
  const outcomes = new Map<string, DeviceOutcome>(
    pushes.map(({ recipientId, deviceId, kind, outcome, mayHaveArrived }) => [
      deliveryKey({ recipientId, deviceId, kind }),
      mayHaveArrived === true && !isFinalOutcome(outcome.kind) ? 'unknown' : outcome.kind,
    ]),
  );
  const notDeadLettered = await deadLetterFailures(deps, attempt, result, outcomes).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (notDeadLettered === undefined) {
    return claim === undefined ? 'settled' : settleClaim(deps, attempt, claim, outcomes, settled);
  }
  // What could not be put aside is not done: the redelivery fails at it again, and puts it aside then.
  const done = new Map([...outcomes].filter(([, outcome]) => outcome === 'accepted'));
  if (claim !== undefined) await settleClaim(deps, attempt, claim, done, false);
  throw notDeadLettered.error;
}

async function deadLetterFailures(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  { event, value, claim, pushes }: AttemptResult,
  outcomes: ReadonlyMap<string, DeviceOutcome>,
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
  const what = `A push of kind ${kind} for ${platform}`;
  return outcome.kind === 'rejected'
    ? `${what} was refused for good with status ${outcome.status}: ${outcome.detail}`
    : `${what} could not be sent before its time ran out. Look for the outcomes of the earlier tries in the log, mend their cause, and redrive with a CHAT_TTL_SECONDS that reaches back to the event.`;
}

async function settleClaim(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  claim: Claim,
  outcomes: ReadonlyMap<string, DeviceOutcome>,
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
