import { describe, expect, it } from 'vitest';
import { runSweep } from '../../../src/app/sweep.ts';
import type { ExpirySweep } from '../../../src/devices/sweep-expired.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import type { TableService } from '../../../src/storage/tables.ts';

// 2026-11-22T03:17:00Z
const nowMs = 1_795_317_420_000;
const counts: ExpirySweep = {
  removed: 3,
  kept: 2,
  gone: 1,
  busy: 0,
  failed: 0,
  dropped: 1,
  cutShort: false,
};
const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });

function open(swept: ExpirySweep | Error, tables: TableService = createMemoryTableService()) {
  const lines: (readonly [string, string, unknown])[] = [];
  const bounds: unknown[] = [];
  const run = () =>
    runSweep({
      tables,
      sweepExpired: async (given) => {
        bounds.push(given);
        if (swept instanceof Error) throw swept;
        return swept;
      },
      clock: () => nowMs,
      log: (level, event, fields) => {
        lines.push([level, event, fields]);
        // The parts run side by side, so the order of their lines says nothing.
        lines.sort(([, one], [, other]) => one.localeCompare(other));
      },
      keepDays: 3,
      chatTtlMs: 86_400_000,
      limit: 500,
      budgetMs: 40_000,
    });
  return { run, lines, bounds };
}

describe('runSweep', () => {
  it('drops old day tables, removes expired devices, and logs a line about each', async () => {
    const tables = createMemoryTableService();
    for (const name of ['deliveries20261118', 'calls20261118', 'deliveries20261119', 'expiries20261118']) {
      await tables.table(name).put('p', 'r', {});
    }
    const { run, lines, bounds } = open(counts, tables);
    await run();
    expect(lines).toEqual([
      ['info', 'sweep', { dropped: 2, failed: 0 }],
      [
        'info',
        'sweep-devices',
        { removed: 3, kept: 2, gone: 1, busy: 0, failed: 0, dropped: 1, cutShort: false },
      ],
    ]);
    expect(bounds).toEqual([{ limit: 500, deadlineMs: nowMs + 40_000 }]);
    expect(await tables.listTables('')).toEqual([
      'calls20261123',
      'deliveries20261119',
      'deliveries20261123',
      'expiries20261118',
      'messages20261123',
    ]);
  });

  it('still sweeps when tomorrow’s tables cannot be created, and then fails', async () => {
    const tables = { ...createMemoryTableService(), makeTable: async () => Promise.reject(down) };
    const { run, lines } = open(counts, tables);
    await expect(run()).rejects.toBe(down);
    expect(lines).toMatchObject([
      ['info', 'sweep', {}],
      ['info', 'sweep-devices', {}],
    ]);
  });

  it.each<[string, Partial<ExpirySweep>, Record<string, unknown>]>([
    ['rows failed', { failed: 2, failure: down }, { failed: 2, reason: 'STORAGE_UNAVAILABLE' }],
    ['rows failed in an unknown way', { failed: 2, failure: new Error('secret') }, { failed: 2 }],
    ['it was cut short', { cutShort: true }, { cutShort: true }],
  ])('warns when %s', async (_case, over, fields) => {
    const { run, lines } = open({ ...counts, ...over });
    await run();
    const plain = { removed: 3, kept: 2, gone: 1, busy: 0, failed: 0, dropped: 1, cutShort: false };
    expect(lines[1]).toEqual(['warn', 'sweep-devices', { ...plain, ...fields }]);
  });

  it('warns when a day table cannot be dropped', async () => {
    const tables = createMemoryTableService();
    await tables.table('calls20261101').put('p', 'r', {});
    const { run, lines } = open(counts, { ...tables, dropTable: async () => Promise.reject(down) });
    await run();
    expect(lines[0]).toEqual(['warn', 'sweep', { dropped: 0, failed: 1 }]);
  });

  it('continues with the devices when the day tables fail, and then fails', async () => {
    const tables = { ...createMemoryTableService(), listTables: async () => Promise.reject(down) };
    const { run, lines } = open(counts, tables);
    await expect(run()).rejects.toBe(down);
    expect(lines).toMatchObject([['info', 'sweep-devices', {}]]);
  });

  it('fails after the day tables when the devices cannot be swept', async () => {
    const { run, lines } = open(down);
    await expect(run()).rejects.toBe(down);
    expect(lines).toEqual([['info', 'sweep', { dropped: 0, failed: 0 }]]);
  });
});
