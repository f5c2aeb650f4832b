import { parseJson } from '../shared/json.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { deadLetter } from './dead-letter.ts';
import { deadLetterName } from './dead-letter-name.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';
import { makeDeadLetter } from './make-dead-letter.ts';
import { parseDeadLetterBlob } from './parse-dead-letter-blob.ts';

/** The dead letters in one blob container (`dead-letters`), one JSON blob each. */
export function createDeadLetterStore({ blobs }: { readonly blobs: BlobStore }): DeadLetterStore {
  return {
    async put(source) {
      const letter = makeDeadLetter(source);
      const name = deadLetterName(letter, source.eventTimeMs ?? source.atMs);
      await blobs.put(name, JSON.stringify(letter));
      return name;
    },
    list: (prefix = '') => blobs.list(prefix),
    async get(name) {
      const text = await blobs.get(name);
      return text === undefined ? undefined : parseDeadLetterBlob(text);
    },
    remove: (name) => blobs.remove(name),
    async markRedriven(name, atMs) {
      const parsed = deadLetter.safeParse(parseJson((await blobs.get(name)) ?? ''));
      if (!parsed.success) return false;
      await blobs.put(name, JSON.stringify({ ...parsed.data, redrivenAtMs: atMs }));
      return true;
    },
  };
}
