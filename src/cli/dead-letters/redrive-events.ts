import type { DeadLetterStore } from '../../deliveries/dead-letter-store.ts';
import { RelayError } from '../../errors/errors.ts';
import { isWorthlessWhenLate } from '../../notifications/end-of-ring.ts';
import type { Attempt } from '../../relay/attempt.ts';
import type { EventReport } from '../../relay/event-report.ts';
import type { Relay } from '../../relay/relay.ts';
import {
  type DeadLetterBlob,
  type DescribedEvent,
  hasReason,
  type ReadableBlob,
  readDeadLetter,
} from './dead-letters.ts';

/** How one event ended: the report of the relay, or why the relay could not give one. */
export type EventResult =
  | EventReport
  /** It is not JSON, so there is no event to redrive. */
  | { readonly kind: 'no-json' }
  /** Storage failed. */
  | { readonly kind: 'failed'; readonly error: RelayError };

/** What a redrive tells about each dead letter, in the order in which it happens. */
export type RedriveStep =
  | {
      readonly kind: 'event';
      readonly deadLetter: ReadableBlob;
      /** Which of its events, from 0. */
      readonly index: number;
      readonly result: EventResult;
    }
  /** All events of a dead letter were redriven; `done` when all of them are. */
  | { readonly kind: 'end'; readonly deadLetter: ReadableBlob; readonly done: boolean }
  /** It was redriven before, and is left out. */
  | { readonly kind: 'left-out'; readonly deadLetter: ReadableBlob }
  | { readonly kind: 'unusable'; readonly deadLetter: Exclude<DeadLetterBlob, ReadableBlob> };

export interface RedriveContext {
  /** Returns a pipeline that sends and writes nothing; a new one knows nothing of earlier dry runs. */
  readonly dryRun: () => Relay;
  /** The pipeline that sends; absent in a dry run. */
  readonly relay?: Relay;
  readonly startAttempt: () => Attempt;
}

/**
 * Redrives dead letters one after another, and the events of each in order. The consumer stops the redrive by not asking
 * for another step. A dead letter of several events is redriven as a whole when any of them has the reason.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when a dead letter cannot be read
 */
export async function* redriveDeadLetters(
  names: readonly string[],
  store: Pick<DeadLetterStore, 'get'>,
  context: RedriveContext,
  { reason, again = false }: { readonly reason?: string | undefined; readonly again?: boolean },
): AsyncGenerator<RedriveStep> {
  for (const name of names) {
    const deadLetter = await readDeadLetter(store, name);
    if (deadLetter.kind !== 'readable') {
      yield { kind: 'unusable', deadLetter };
      continue;
    }
    if (!hasReason(deadLetter, reason)) continue;
    if (deadLetter.events[0]?.redrivenAtMs !== undefined && !again) {
      yield { kind: 'left-out', deadLetter };
      continue;
    }
    let done = true;
    for (const [index, { event }] of deadLetter.events.entries()) {
      const result = await redriveEvent(event, context);
      done = done && isDone(result);
      yield { kind: 'event', deadLetter, index, result };
    }
    yield { kind: 'end', deadLetter, done };
  }
}

/**
 * Puts one event through the pipeline again. A dry run comes first: an event that cannot become a push (poison, or
 * entirely expired) goes no further, since sending it would only dead-letter it a second time.
 */
export async function redriveEvent(
  event: DescribedEvent['event'],
  { dryRun, relay, startAttempt }: RedriveContext,
): Promise<EventResult> {
  if (event.kind === 'text') return { kind: 'no-json' };
  try {
    const planned = await dryRun().handle(event.value, startAttempt());
    return relay === undefined || isHopeless(planned)
      ? planned
      : await relay.handle(event.value, startAttempt());
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'failed', error };
  }
}

/**
 * Counts the pushes of a dry run, and stops once there are more than `limit`.
 *
 * @returns at most one event's pushes more than `limit`
 */
export async function countPushes(dryRun: AsyncIterable<RedriveStep>, limit: number): Promise<number> {
  let pushes = 0;
  for await (const step of dryRun) {
    if (step.kind === 'event') pushes += acceptedPushes(step.result);
    if (pushes > limit) break;
  }
  return pushes;
}

/** How many pushes of an event the hub accepted; after a dry run, how many would be sent. */
export function acceptedPushes(result: EventResult): number {
  if (result.kind !== 'pushed') return 0;
  return result.pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
}

/** Whether nothing is left to do for an event, so that its dead letter is no longer needed. */
export function isDone(result: EventResult): boolean {
  switch (result.kind) {
    case 'pushed':
      return (
        result.settled &&
        !result.pushes.some(
          ({ outcome, kind }) =>
            outcome.kind === 'rejected' || (outcome.kind === 'expired' && !isWorthlessWhenLate(kind)),
        )
      );
    case 'skipped':
    case 'ignored':
      return true;
    default:
      return false;
  }
}

/** Whether an event failed because of storage or the hub, so that other events are likely to fail too. */
export function isOutage(result: EventResult): boolean {
  if (result.kind === 'failed') return true;
  return result.kind === 'pushed' && !result.settled && acceptedPushes(result) === 0;
}

function isHopeless(planned: EventReport): boolean {
  if (planned.kind === 'poison') return true;
  return planned.kind === 'pushed' && acceptedPushes(planned) === 0 && !isDone(planned);
}
