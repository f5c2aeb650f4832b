import type { BlobStore } from '../../storage/blob-store.ts';
import type { EventResult } from './event-result.ts';
import { hasReason } from './has-reason.ts';
import { isDone } from './is-done.ts';
import type { Letter } from './letter.ts';
import { readLetter } from './read-letter.ts';
import { type RedriveMeans, redriveEvent } from './redrive-event.ts';
import type { RedriveOptions } from './redrive-options.ts';

/** What came of redriving one letter. */
export type RedrivenLetter =
  | { readonly kind: 'redriven'; readonly letter: ReadableLetter; readonly results: readonly EventResult[] }
  /** It was redriven before, and is left alone. */
  | { readonly kind: 'left-out'; readonly letter: ReadableLetter }
  | { readonly kind: 'unusable'; readonly letter: Exclude<Letter, ReadableLetter> };

type ReadableLetter = Extract<Letter, { readonly kind: 'letter' }>;

/**
 * Redrives letters one after another, and the events of each in their order, and says of each letter what came of it.
 * Whoever stops asking for more stops the redrive.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when a letter cannot be read because storage fails
 */
export async function* redriveLetters(
  names: readonly string[],
  blobs: BlobStore,
  means: RedriveMeans,
  { reason, again = false }: Pick<RedriveOptions, 'reason' | 'again'>,
): AsyncGenerator<RedrivenLetter> {
  for (const name of names) {
    const letter = readLetter(name, await blobs.get(name));
    if (letter.kind !== 'letter') {
      yield { kind: 'unusable', letter };
    } else if (hasReason(letter, reason)) {
      if (letter.stored?.redrivenAtMs !== undefined && !again) yield { kind: 'left-out', letter };
      else yield { kind: 'redriven', letter, results: await redriveAll(letter, means) };
    }
  }
}

async function redriveAll(letter: ReadableLetter, means: RedriveMeans): Promise<readonly EventResult[]> {
  const results: EventResult[] = [];
  for (const { event } of letter.events) results.push(await redriveEvent(event, means));
  return results;
}
