import type { BlobStore } from '../../storage/blobs.ts';
import type { EventResult } from './event-result.ts';
import { hasReason } from './has-reason.ts';
import { isDone } from './is-done.ts';
import type { Letter } from './letter.ts';
import { readLetter } from './read-letter.ts';
import { type RedriveMeans, redriveEvent } from './redrive-event.ts';
import type { RedriveOptions } from './redrive-options.ts';

/** A letter that could be read. */
export type ReadableLetter = Extract<Letter, { readonly kind: 'letter' }>;

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
