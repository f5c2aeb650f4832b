import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BlobStore, createAzureBlobStore } from '../../../src/storage/blobs.ts';
import { createMemoryBlobStore } from '../../support/create-memory-blob-store.ts';
import { randomStorageName } from '../../support/random-storage-name.ts';
import {
  type StorageFault,
  type StorageProxy,
  startStorageProxy,
} from '../../support/start-storage-proxy.ts';

const stores: readonly { readonly name: string; readonly open: () => BlobStore }[] = [
  { name: 'memory', open: createMemoryBlobStore },
  {
    name: 'azurite',
    open: () => {
      const settings = { kind: 'connection-string', connectionString: inject('azurite') } as const;
      return createAzureBlobStore(settings, randomStorageName());
    },
  },
];

async function names(store: BlobStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const name of store.list(prefix)) found.push(name);
  return found;
}

describe.each(stores)('blob store: $name', ({ open }) => {
  it('finds nothing in a container that does not exist yet', async () => {
    const store = open();
    expect(await store.get('a')).toBeUndefined();
    expect(await names(store, '')).toEqual([]);
    await expect(store.remove('a')).resolves.toBeUndefined();
  });

  it('returns what was put, and the last text after two puts', async () => {
    const store = open();
    await store.put('2026/11/22/a.json', '{"n":1}');
    expect(await store.get('2026/11/22/a.json')).toBe('{"n":1}');
    await store.put('2026/11/22/a.json', '{"n":2}');
    expect(await store.get('2026/11/22/a.json')).toBe('{"n":2}');
    expect(await store.get('2026/11/22/b.json')).toBeUndefined();
  });

  it.each(['', 'åäö 漢字 👩‍👩‍👧 \u0000', 'x'.repeat(300_000)])('keeps the text %#', async (text) => {
    const store = open();
    await store.put('t', text);
    expect(await store.get('t')).toBe(text);
  });

  it('lists by prefix, in order', async () => {
    const store = open();
    for (const name of ['b/2', 'a/10', 'b/1', 'a/1', 'c']) await store.put(name, '{}');
    expect(await names(store, '')).toEqual(['a/1', 'a/10', 'b/1', 'b/2', 'c']);
    expect(await names(store, 'a/')).toEqual(['a/1', 'a/10']);
    expect(await names(store, 'z')).toEqual([]);
  });

  it.each(['a b', 'å/漢字', '100%', 'a#b?c', "it's", 'a%2Fb', 'a+b&c=d'])(
    'takes the odd name %j',
    async (name) => {
      const store = open();
      await store.put(name, 'here');
      expect(await store.get(name)).toBe('here');
      expect(await names(store, name)).toEqual([name]);
      await store.remove(name);
      expect(await store.get(name)).toBeUndefined();
    },
  );

  it('removes a text, and does nothing when it is gone', async () => {
    const store = open();
    await store.put('a', '1');
    await store.remove('a');
    await store.remove('a');
    expect(await names(store, '')).toEqual([]);
  });
});

describe('requests of the Azure blob store', () => {
  let proxy: StorageProxy;
  beforeAll(async () => {
    proxy = await startStorageProxy(inject('azurite'), 'Blob');
  });
  afterAll(() => proxy.stop());
  const open = () => {
    const settings = { kind: 'connection-string', connectionString: proxy.connectionString } as const;
    return createAzureBlobStore(settings, randomStorageName(), { pauseMs: 1 });
  };

  it('is one for each operation once the container exists', async () => {
    const store = open();
    await store.put('a', '1');
    proxy.methods.length = 0;
    await store.put('b', '2');
    await store.get('b');
    await names(store, '');
    await store.remove('b');
    expect(proxy.methods).toEqual(['PUT', 'GET', 'GET', 'DELETE']);
  });

  it.each<StorageFault>(['reset-before', 'reset-after', 503])('is retried after %s', async (fault) => {
    const store = open();
    await store.put('a', '1');
    proxy.faults.push(fault);
    await store.put('a', '2');
    proxy.faults.push(fault);
    expect(await store.get('a')).toBe('2');
    proxy.faults.push(fault);
    expect(await names(store, '')).toEqual(['a']);
    proxy.faults.push(fault);
    await store.remove('a');
    expect(await store.get('a')).toBeUndefined();
  });

  it.each(['put', 'get', 'list', 'remove'] as const)(
    'becomes STORAGE_UNAVAILABLE when %s is refused',
    async (action) => {
      const store = open();
      const act = {
        put: () => store.put('n', '1'),
        get: () => store.get('n'),
        list: () => names(store, ''),
        remove: () => store.remove('n'),
      };
      proxy.faults.push(403);
      await expect(act[action]()).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        class: 'provider',
        message: expect.stringContaining(`${action}): 403. Check the key in RELAY_STORAGE`),
      });
    },
  );
});
