import { describe, expect, it } from 'vitest';
import { sweep } from '../../../src/deliveries/day-tables.ts';
import { storages } from './support/storages.ts';

// 2026-11-22T23:59:59.999Z
const nowMs = 1_795_391_999_999;

describe.each(storages)('sweep on $name', ({ tables }) => {
  it('drops the days before the kept ones, and nothing else', async () => {
    const service = tables();
    const names = [
      'calls20261119',
      'calls20261120',
      'calls20261122',
      'deliveries20251122',
      'deliveries20261118',
      'deliveries20261119',
      'deliveries20261120',
      'deliveries20261121',
      'deliveries20261122',
      'deliveries20261123',
      'deliveries2026111',
      'deliveries202611181',
      'deliveriesA0261118',
      'devices',
      'handles',
    ];
    for (const name of names) await service.table(name).put('p', 'r', { n: 1 });
    expect(await sweep({ tables: service, nowMs, keepDays: 3, chatTtlMs: 0 })).toEqual({
      dropped: ['deliveries20251122', 'deliveries20261118'],
      failed: [],
    });
    expect(await sweep({ tables: service, nowMs: nowMs + 1, keepDays: 3, chatTtlMs: 0 })).toEqual({
      dropped: ['deliveries20261119', 'calls20261119'],
      failed: [],
    });
    expect(await sweep({ tables: service, nowMs: nowMs + 1, keepDays: 3, chatTtlMs: 0 })).toEqual({
      dropped: [],
      failed: [],
    });
    expect(await service.listTables('')).toEqual([
      'calls20261120',
      'calls20261122',
      'deliveries2026111',
      'deliveries202611181',
      'deliveries20261120',
      'deliveries20261121',
      'deliveries20261122',
      'deliveries20261123',
      'deliveriesA0261118',
      'devices',
      'handles',
    ]);
  });

  it.each([0, -5, 1, 2])(
    'keeps two days when told to keep %i: the ledger still needs them',
    async (keepDays) => {
      const service = tables();
      for (const day of ['20261119', '20261120', '20261121']) {
        await service.table(`deliveries${day}`).put('p', 'r', { n: 1 });
      }
      expect(await sweep({ tables: service, nowMs, keepDays, chatTtlMs: 0 })).toEqual({
        dropped: ['deliveries20261119'],
        failed: [],
      });
    },
  );

  it('keeps the ledger and the messages as long as a chat push can still be sent', async () => {
    const service = tables();
    for (const prefix of ['calls', 'deliveries', 'messages']) {
      for (const day of ['20261114', '20261115']) await service.table(prefix + day).put('p', 'r', { n: 1 });
    }
    expect(await sweep({ tables: service, nowMs, keepDays: 3, chatTtlMs: 7 * 86_400_000 })).toEqual({
      dropped: ['deliveries20261114', 'calls20261114', 'calls20261115', 'messages20261114'],
      failed: [],
    });
  });

  it('drops the tables that an event dated in the future left, and keeps those of the next days', async () => {
    const service = tables();
    for (const day of ['20261123', '20261125', '20261126', '99991231']) {
      await service.table(`deliveries${day}`).put('p', 'r', { n: 1 });
    }
    expect(await sweep({ tables: service, nowMs, keepDays: 3, chatTtlMs: 0 })).toEqual({
      dropped: ['deliveries20261126', 'deliveries99991231'],
      failed: [],
    });
  });

  it('goes on after a table that cannot be dropped, and reports it', async () => {
    const service = tables();
    for (const day of ['20261101', '20261102', '20261103']) {
      await service.table(`calls${day}`).put('p', 'r', { n: 1 });
    }
    const error = new Error('Not now.');
    const flaky = {
      ...service,
      dropTable: async (name: string) => {
        if (name === 'calls20261102') throw error;
        await service.dropTable(name);
      },
    };
    expect(await sweep({ tables: flaky, nowMs, keepDays: 2, chatTtlMs: 0 })).toEqual({
      dropped: ['calls20261101', 'calls20261103'],
      failed: [{ table: 'calls20261102', error }],
    });
    expect(await sweep({ tables: service, nowMs, keepDays: 2, chatTtlMs: 0 })).toEqual({
      dropped: ['calls20261102'],
      failed: [],
    });
  });

  it('fails when the tables cannot be listed', async () => {
    const error = new Error('Not now.');
    const down = { ...tables(), listTables: async () => Promise.reject(error) };
    await expect(sweep({ tables: down, nowMs, keepDays: 2, chatTtlMs: 0 })).rejects.toBe(error);
  });
});
