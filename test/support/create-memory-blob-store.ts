import type { BlobStore } from '../../src/storage/blobs.ts';

/** A {@link BlobStore} in memory, for replays and tests. */
export function createMemoryBlobStore(): BlobStore {
  const texts = new Map<string, string>();
  return {
    put: async (name, text) => {
      texts.set(name, text);
    },
    get: async (name) => texts.get(name),
    list: async function* (prefix) {
      yield* [...texts.keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    remove: async (name) => {
      texts.delete(name);
    },
  };
}
