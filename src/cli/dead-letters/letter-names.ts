import { deadLetterReasons } from '../../deliveries/dead-letter.ts';
import type { BlobStore } from '../../storage/blobs.ts';
import type { LetterFilter } from './letter-filter.ts';

const ownName = /^\d{4}\/\d{2}\/\d{2}\/([a-z-]+)\/[0-9a-f]{32}\.json$/;

/**
 * The names of letters that may be meant, oldest day first. The relay's own letters carry their reason in the name, so
 * those of another one need not be read; whether the others are meant shows only when they are.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* letterNames(
  blobs: BlobStore,
  { prefix = '', reason }: LetterFilter,
): AsyncGenerator<string> {
  const wanted = reason?.toLowerCase();
  for await (const name of blobs.list(prefix)) {
    const named = deadLetterReasons.find((known) => known === ownName.exec(name)?.[1]);
    if (wanted === undefined || named === undefined || named === wanted) yield name;
  }
}
