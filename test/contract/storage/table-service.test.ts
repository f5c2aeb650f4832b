import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createAzureTableService } from '../../../src/storage/azure-table-service.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { startStorageProxy } from '../../support/start-storage-proxy.ts';
import { storages } from '../deliveries/support/storages.ts';

describe.each(storages)('table service on $name', ({ tables }) => {
  it('creates a table with the first row, not before', async () => {
    const service = tables();
    const table = service.table('days20261122');
    expect(await table.get('p', 'r')).toBeUndefined();
    expect(await table.list('p')).toEqual([]);
    expect(await table.replace('p', 'r', { n: 1 }, 'W/"1"')).toEqual({ kind: 'stale' });
    expect(await table.remove('p', 'r')).toMatchObject({ kind: 'done' });
    expect(await service.listTables('days')).toEqual([]);
    expect(await table.insert('p', 'r', { n: 1 })).toMatchObject({ kind: 'done' });
    expect(await service.listTables('days')).toEqual(['days20261122']);
  });

  it('creates a table ahead of its first row, once', async () => {
    const service = tables();
    await service.makeTable('days1');
    await service.table('days1').put('p', 'r', { n: 1 });
    await service.makeTable('days1');
    expect(await service.listTables('days')).toEqual(['days1']);
    expect(await service.table('days1').get('p', 'r')).toMatchObject({ cells: { n: 1 } });
  });

  it('creates a table with a put as well', async () => {
    const service = tables();
    await service.table('days1').put('p', 'r', { n: 1 });
    expect(await service.listTables('days')).toEqual(['days1']);
  });

  it('lists the tables of a prefix in order, and no others', async () => {
    const service = tables();
    for (const name of ['days2', 'dayz1', 'days10', 'da', 'days1', 'other']) {
      await service.table(name).put('p', 'r', { n: 1 });
    }
    expect(await service.listTables('days')).toEqual(['days1', 'days10', 'days2']);
  });

  it('has one table for each name, with the same rows each time', async () => {
    const service = tables();
    await service.table('days1').put('p', 'r', { n: 1 });
    expect(await service.table('days2').get('p', 'r')).toBeUndefined();
    expect(await service.table('days1').get('p', 'r')).toMatchObject({ cells: { n: 1 } });
  });

  it('returns versions by which rows are replaced and removed', async () => {
    const table = tables().table('days1');
    const first = await table.insert('p', 'r', { n: 1 });
    const second = await table.replace('p', 'r', { n: 2 }, first.kind === 'done' ? first.etag : '');
    const row = await table.get('p', 'r');
    expect([await table.list('p'), second]).toEqual([[row], { kind: 'done', etag: row?.etag }]);
    expect(await table.remove('p', 'r', first.kind === 'done' ? first.etag : '')).toEqual({ kind: 'stale' });
    expect(await table.remove('p', 'r', row?.etag)).toMatchObject({ kind: 'done' });
    expect(await table.get('p', 'r')).toBeUndefined();
  });

  it('drops a table with its rows, and only that one', async () => {
    const service = tables();
    await service.table('days1').put('p', 'r', { n: 1 });
    await service.table('days2').put('p', 'r', { n: 2 });
    await service.dropTable('days1');
    expect(await service.listTables('days')).toEqual(['days2']);
    expect(await service.table('days1').get('p', 'r')).toBeUndefined();
    expect(await service.table('days2').get('p', 'r')).toMatchObject({ cells: { n: 2 } });
  });

  it('drops a missing table without an error', async () => {
    await tables().dropTable('days1');
  });

  it('does not match a version from before a drop with a row from after it', async () => {
    const service = tables();
    const table = service.table('days1');
    const before = await table.insert('p', 'r', { n: 1 });
    await service.dropTable('days1');
    await table.insert('p', 'r', { n: 2 });
    expect(await table.replace('p', 'r', { n: 3 }, before.kind === 'done' ? before.etag : '')).toEqual({
      kind: 'stale',
    });
  });
});

describe('table service on Azure', () => {
  const settings = {
    kind: 'connection-string',
    connectionString:
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;',
  } as const;

  it('keeps the connections of the sixteen tables opened last', () => {
    const service = createAzureTableService(settings);
    const first = service.table('days1');
    expect(service.table('days1')).toBe(first);
    for (let day = 2; day <= 16; day++) service.table(`days${day}`);
    expect(service.table('days1')).toBe(first);
    const second = service.table('days2');
    service.table('days17');
    expect(service.table('days2')).toBe(second);
    expect(service.table('days1')).not.toBe(first);
  });

  it.each([1, 3])('makes %i tries and no more, whatever the SDK would do', async (tries) => {
    const proxy = await startStorageProxy(inject('azurite'), 'Table');
    onTestFinished(() => proxy.stop());
    const { connectionString } = proxy;
    const service = createAzureTableService(
      { kind: 'connection-string', connectionString },
      { tries, pauseMs: 1 },
    );
    proxy.faults.push(503, 503, 503);
    await expect(service.listTables('days')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(proxy.methods).toHaveLength(tries);
  });

  it('reports a clock that is 40 s ahead once, whichever answer shows it', async () => {
    const proxy = await startStorageProxy(inject('azurite'), 'Table');
    onTestFinished(() => proxy.stop());
    const { connectionString } = proxy;
    const acts: readonly ((service: TableService) => Promise<unknown>)[] = [
      (service) => service.table('days1').get('p', 'r'),
      (service) => service.listTables('days'),
      async (service) => {
        proxy.faults.push(403);
        await expect(service.table('days1').list('p')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      },
    ];
    for (const act of acts) {
      const skews: number[] = [];
      const watch = { clock: () => Date.now() + 40_000, onSkew: (skewMs: number) => skews.push(skewMs) };
      const service = createAzureTableService({ kind: 'connection-string', connectionString }, {}, watch);
      await act(service);
      expect(skews).toHaveLength(1);
      await service.table('days2').get('p', 'r');
      await service.listTables('days');
      expect(skews).toHaveLength(1);
      expect(skews[0]).toBeGreaterThan(38_000);
      expect(skews[0]).toBeLessThanOrEqual(40_000);
    }
  });

  it('says nothing of a clock that is right', async () => {
    const skews: number[] = [];
    const watch = { clock: Date.now, onSkew: (skewMs: number) => skews.push(skewMs) };
    const connectionString = inject('azurite');
    const service = createAzureTableService({ kind: 'connection-string', connectionString }, {}, watch);
    await service.table('days1').get('p', 'r');
    expect(skews).toEqual([]);
  });

  it('reports the failed operation when storage is unreachable', async () => {
    const service = createAzureTableService(settings, { tries: 1 });
    await expect(service.listTables('days')).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('list tables'),
    });
    await expect(service.dropTable('days1')).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('drop table days1'),
    });
  });
});
