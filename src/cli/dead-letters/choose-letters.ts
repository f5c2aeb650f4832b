import type { BlobStore } from '../../storage/blobs.ts';
import { inputUnusable } from '../input-unusable.ts';
import { letterNames } from './letter-names.ts';
import type { RedriveOptions } from './redrive-options.ts';

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
