import { RelayError } from '../../errors/errors.ts';
import type { NotificationKind } from '../../notifications/notification.ts';
import type { Attempt } from '../../relay/attempt.ts';
import type { EventReport, PushReport } from '../../relay/event-report.ts';
import type { Relay } from '../../relay/relay.ts';
import type { BlobStore } from '../../storage/blobs.ts';
import { inputUnusable } from '../io.ts';
import {
  hasReason,
  type Letter,
  type LetterEvent,
  type LetterFilter,
  letterNames,
  readLetter,
} from './letters.ts';

/** What came of redriving one event. */
export type EventResult =
  | EventReport
  /** It is no JSON, so there is no event to redrive. */
  | { readonly kind: 'no-json' }
  /** Storage failed. */
  | { readonly kind: 'failed'; readonly error: RelayError };

/** What an event is redriven with. */
export interface RedriveMeans {
  /** Makes the pipeline that sends and writes nothing; a new one knows nothing of earlier trials. */
  readonly newTrial: () => Relay;
  /** The pipeline that sends; absent in a dry run. */
  readonly relay?: Relay;
  readonly startAttempt: () => Attempt;
}

/** What `dead-letters redrive` was asked for. */
export interface RedriveOptions extends LetterFilter {
  readonly container: string;
  /** Every letter that the filter means, rather than named ones. */
  readonly all?: boolean;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** Send without asking, however much it is. */
  readonly yes?: boolean;
  /** Also what was redriven before. */
  readonly again?: boolean;
}

/** One thing that happened in a redrive. */
export type RedriveStep =
  | {
      readonly kind: 'event';
      readonly letter: ReadableLetter;
      /** Which of its events, from 0. */
      readonly index: number;
      readonly result: EventResult;
    }
  /** All events of a letter had their turn. */
  | { readonly kind: 'end'; readonly letter: ReadableLetter; readonly done: boolean }
  /** It was redriven before, and is left alone. */
  | { readonly kind: 'left-out'; readonly letter: ReadableLetter }
  | { readonly kind: 'unusable'; readonly letter: Exclude<Letter, ReadableLetter> };

/** A letter that could be read. */
type ReadableLetter = Extract<Letter, { readonly kind: 'letter' }>;

// A ring that is too late is told as a missed call, and what stops a ring is not needed once that has ended by itself.
const endsByItself: ReadonlySet<NotificationKind> = new Set(['incoming-call', 'call-answered', 'call-ended']);

/** How many pushes of an event the hub took over; after a trial, how many would be sent. */
export function acceptedPushes(result: EventResult): number {
  if (result.kind !== 'pushed') return 0;
  return result.pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
}

/** Whether nothing is left to do for an event, so that its letter has served. */
export function isDone(result: EventResult): boolean {
  switch (result.kind) {
    case 'pushed':
      return result.settled && !result.pushes.some(isLost);
    case 'skipped':
    case 'ignored':
      return true;
    default:
      return false;
  }
}

/** Whether an event failed for what ails storage or the hub, so that others are likely to fail alike. */
export function isOutage(result: EventResult): boolean {
  if (result.kind === 'failed') return true;
  return (
    result.kind === 'pushed' &&
    !result.settled &&
    result.pushes.every(({ outcome }) => outcome.kind !== 'accepted')
  );
}

/**
 * Puts one event through the pipeline again. What no push can come of (poison, or all of it past its time) is found out
 * by a trial and goes no further: sending it would only put it aside a second time.
 */
export async function redriveEvent(
  event: LetterEvent['event'],
  { newTrial, relay, startAttempt }: RedriveMeans,
): Promise<EventResult> {
  if (event.kind === 'text') return { kind: 'no-json' };
  try {
    const planned = await newTrial().handle(event.value, startAttempt());
    return relay === undefined || isHopeless(planned)
      ? planned
      : await relay.handle(event.value, startAttempt());
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'failed', error };
  }
}

/**
 * The names of the letters to redrive, each once. They are gathered before anything is sent, since a redrive can put
 * letters aside itself.
 *
 * @throws RelayError `INPUT_UNUSABLE` when it is not clear which are meant; `STORAGE_UNAVAILABLE`
 */
export async function chooseLetters(
  names: readonly string[],
  { all = false, prefix, reason }: RedriveOptions,
  blobs: BlobStore,
): Promise<readonly string[]> {
  if (all) {
    if (names.length > 0) throw inputUnusable('Give either names of letters or --all, not both.');
    const found: string[] = [];
    for await (const name of letterNames(blobs, { prefix, reason })) found.push(name);
    return found;
  }
  if (names.length === 0) throw inputUnusable('Name the letters to redrive, or give --all. See list.');
  if (prefix !== undefined || reason !== undefined) {
    throw inputUnusable('--prefix and --reason narrow --all down. Give --all with them, and no names.');
  }
  if (names.includes('')) throw inputUnusable('The name of a letter is empty. See list.');
  return [...new Set(names)];
}

/**
 * Redrives letters one after another, and the events of each in their order. Whoever stops asking for more steps stops
 * the redrive. A letter of several events is redriven as a whole when one of them has the reason.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when storage fails while a letter is read
 */
export async function* redriveLetters(
  names: readonly string[],
  blobs: BlobStore,
  means: RedriveMeans,
  { reason, again = false }: Pick<RedriveOptions, 'reason' | 'again'>,
): AsyncGenerator<RedriveStep> {
  for (const name of names) {
    const letter = readLetter(name, await blobs.get(name));
    if (letter.kind !== 'letter') {
      yield { kind: 'unusable', letter };
      continue;
    }
    if (!hasReason(letter, reason)) continue;
    if (letter.stored?.redrivenAtMs !== undefined && !again) {
      yield { kind: 'left-out', letter };
      continue;
    }
    let done = true;
    for (const [index, { event }] of letter.events.entries()) {
      const result = await redriveEvent(event, means);
      done = done && isDone(result);
      yield { kind: 'event', letter, index, result };
    }
    yield { kind: 'end', letter, done };
  }
}

/**
 * Counts the pushes that a trial would send, no further than it takes to know that there are more than `limit`.
 *
 * @returns at most one event's pushes more than `limit`
 */
export async function countPushes(trial: AsyncIterable<RedriveStep>, limit: number): Promise<number> {
  let pushes = 0;
  for await (const step of trial) {
    if (step.kind === 'event') pushes += acceptedPushes(step.result);
    if (pushes > limit) break;
  }
  return pushes;
}

function isLost({ outcome, kind }: PushReport): boolean {
  return outcome.kind === 'rejected' || (outcome.kind === 'expired' && !endsByItself.has(kind));
}

function isHopeless(planned: EventReport): boolean {
  if (planned.kind === 'poison') return true;
  const sendsSomething =
    planned.kind !== 'pushed' || planned.pushes.some(({ outcome }) => outcome.kind === 'accepted');
  return !sendsSomething && !isDone(planned);
}
