import type { BlobStore } from '../../storage/blobs.ts';
import { hasReason } from './has-reason.ts';
import type { Letter } from './letter.ts';
import type { LetterFilter } from './letter-filter.ts';
import { letterNames } from './letter-names.ts';
import { readLetter } from './read-letter.ts';

// So many are read side by side: few enough to be kept in memory, since one holds up to 1 MB for each event.
const atOnce = 8;

/**
 * Reads the letters that are meant, oldest day first, page by page.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* findLetters(blobs: BlobStore, filter: LetterFilter): AsyncGenerator<Letter> {
  let names: string[] = [];
  for await (const name of letterNames(blobs, filter)) {
    names.push(name);
    if (names.length < atOnce) continue;
    yield* await readAll(blobs, names, filter);
    names = [];
  }
  yield* await readAll(blobs, names, filter);
}

async function readAll(
  blobs: BlobStore,
  names: readonly string[],
  { reason }: LetterFilter,
): Promise<readonly Letter[]> {
  const letters = await Promise.all(names.map(async (name) => readLetter(name, await blobs.get(name))));
  // A missing one is gone since it was listed.
  return letters.filter((letter) => letter.kind !== 'missing' && hasReason(letter, reason));
}
