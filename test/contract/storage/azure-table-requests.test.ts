import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { randomStorageName } from '../../support/random-storage-name.ts';
import {
  type StorageFault,
  type StorageProxy,
  startStorageProxy,
} from '../../support/start-storage-proxy.ts';

const own = { owner: 'us' };
let proxy: StorageProxy;

beforeAll(async () => {
  proxy = await startStorageProxy(inject('azurite'), 'Table');
});
afterEach(() => {
  proxy.faults.length = 0;
});
afterAll(() => proxy.stop());

function open(tryTimeoutMs = 15_000) {
  const settings = { kind: 'connection-string', connectionString: proxy.connectionString } as const;
  return createAzureTableStore(settings, randomStorageName(), { tryTimeoutMs, pauseMs: 1 });
}

async function counted<Result>(act: () => Promise<Result>, ...faults: StorageFault[]) {
  proxy.methods.length = 0;
  proxy.faults.push(...faults);
  const result = await act().catch((error: unknown) => ({ error }));
  return { result, methods: [...proxy.methods] };
}

function etagOf(result: unknown): string {
  if (typeof result === 'object' && result !== null && 'etag' in result) return String(result.etag);
  throw new Error('no ETag');
}

describe('requests of one operation', () => {
  it('is exactly one in the good case', async () => {
    const store = open();
    await store.put('warm', 'up', {});
    const inserted = await counted(() => store.insert('p', 'r', own));
    expect(inserted.methods).toEqual(['POST']);
    expect((await counted(() => store.get('p', 'r'))).methods).toEqual(['GET']);
    expect((await counted(() => store.list('p'))).methods).toEqual(['GET']);
    const replaced = await counted(() => store.replace('p', 'r', own, etagOf(inserted.result)));
    expect(replaced.methods).toEqual(['PUT']);
    expect((await counted(() => store.put('p', 'r', own))).methods).toEqual(['PUT']);
    expect((await counted(() => store.remove('p', 'r'))).methods).toEqual(['DELETE']);
  });

  it('is exactly one for a conflict and for a row that is not there', async () => {
    const store = open();
    await store.put('p', 'r', own);
    expect((await counted(() => store.insert('p', 'r', own))).methods).toEqual(['POST']);
    expect((await counted(() => store.replace('p', 'r', own, 'W/"x"'))).methods).toEqual(['PUT']);
    expect((await counted(() => store.remove('p', 'r', 'W/"x"'))).methods).toEqual(['DELETE']);
    expect((await counted(() => store.get('p', 'absent'))).methods).toEqual(['GET']);
    expect((await counted(() => store.remove('p', 'absent'))).methods).toEqual(['DELETE']);
  });

  it('reads more than a thousand rows of a partition in pages', async () => {
    const store = open();
    await store.put('p', 'first', {});
    const rows = Array.from({ length: 1_000 }, (_, n) => `r${n}`);
    for (let start = 0; start < rows.length; start += 50) {
      await Promise.all(rows.slice(start, start + 50).map((row) => store.insert('p', row, {})));
    }
    const { result, methods } = await counted(() => store.list('p'));
    expect(result).toHaveLength(1_001);
    expect(methods).toEqual(['GET', 'GET']);
  }, 60_000);

  it.each(['insert', 'put'] as const)('creates the table on the first %s, and only then', async (action) => {
    const store = open();
    expect((await counted(() => store[action]('p', 'a', own))).methods).toHaveLength(3);
    expect((await counted(() => store[action]('p', 'b', own))).methods).toHaveLength(1);
    expect(await store.list('p')).toHaveLength(2);
  });

  it('survives several first writes side by side', async () => {
    const store = open();
    const results = await Promise.all(Array.from({ length: 8 }, (_, n) => store.insert('p', `r${n}`, own)));
    expect(results.map((result) => result.kind)).toEqual(Array.from({ length: 8 }, () => 'done'));
  });
});

describe('a request that fails on the way', () => {
  it.each<StorageFault>(['reset-before', 'reset-after', 'half-answer', 408, 429, 500, 503])(
    'is sent again after %s',
    async (fault) => {
      const store = open(fault === 'half-answer' ? 1_000 : 15_000);
      await store.put('p', 'r', own);
      const { result, methods } = await counted(() => store.get('p', 'r'), fault);
      expect(result).toMatchObject({ cells: own });
      expect(methods).toEqual(['GET', 'GET']);
    },
  );

  it('is retried when no answer comes in time', async () => {
    const store = open(1_000);
    await store.put('p', 'r', own);
    const { result, methods } = await counted(() => store.get('p', 'r'), 'hang');
    expect(result).toMatchObject({ cells: own });
    expect(methods).toEqual(['GET', 'GET']);
  });

  it.each<StorageFault>(['reset-before', 503])(
    'becomes STORAGE_UNAVAILABLE after three of %s',
    async (fault) => {
      const store = open();
      const { result, methods } = await counted(() => store.list('4:+46701234567'), fault, fault, fault);
      expect(methods).toHaveLength(3);
      expect(result).toMatchObject({ error: { code: 'STORAGE_UNAVAILABLE', class: 'provider' } });
    },
  );

  it.each<StorageFault>([400, 403])('is not retried after %s', async (fault) => {
    const { result, methods } = await counted(() => open().insert('p', 'r', own), fault);
    expect(methods).toHaveLength(1);
    expect(result).toMatchObject({ error: { code: 'STORAGE_UNAVAILABLE' } });
  });

  it('reports what failed and how to fix it, without keys, cells or the signature', async () => {
    const store = open();
    const { result } = await counted(
      () => store.insert('4:+46701234567', 'secret-row', { cell: 'secret-cell' }),
      403,
    );
    const shown = inspect(result, { depth: 20, showHidden: true });
    expect(shown).toContain('insert): 403. Check the key in RELAY_STORAGE');
    expect(shown).toContain('[cause]');
    expect(shown).not.toMatch(/46701234567|secret-|SharedKey|Authorization|Eby8/i);
  });
});

describe('an answer that is lost after the write was done', () => {
  it('does not make an insert its own rival', async () => {
    const store = open();
    await store.put('warm', 'up', {});
    const { result, methods } = await counted(() => store.insert('p', 'r', own), 'reset-after');
    expect(methods).toEqual(['POST', 'POST', 'GET']);
    expect(result).toEqual({ kind: 'done', etag: (await store.get('p', 'r'))?.etag });
  });

  it('does not hide a rival from an insert', async () => {
    const store = open();
    await store.put('p', 'r', { owner: 'them' });
    const { result } = await counted(() => store.insert('p', 'r', own), 'reset-before');
    expect(result).toEqual({ kind: 'stale' });
  });

  it('does not make a replacement its own rival', async () => {
    const store = open();
    const etag = etagOf(await store.put('p', 'r', { owner: 'nobody' }));
    const { result } = await counted(() => store.replace('p', 'r', own, etag), 'reset-after');
    expect(result).toEqual({ kind: 'done', etag: (await store.get('p', 'r'))?.etag });
  });

  it('does not hide a rival from a replacement', async () => {
    const store = open();
    const etag = etagOf(await store.put('p', 'r', { owner: 'nobody' }));
    await store.put('p', 'r', { owner: 'them' });
    const { result } = await counted(() => store.replace('p', 'r', own, etag), 'reset-before');
    expect(result).toEqual({ kind: 'stale' });
  });

  it('leaves a removal done', async () => {
    const store = open();
    const etag = etagOf(await store.put('p', 'r', own));
    const { result } = await counted(() => store.remove('p', 'r', etag), 'reset-after');
    expect(result).toMatchObject({ kind: 'done' });
  });
});
