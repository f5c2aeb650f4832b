import { describe, expect, it } from 'vitest';
import { endInTime } from '../../../src/app/function-life.ts';
import { pruneDevices } from '../../../src/app/prune-devices.ts';
import { runSweep } from '../../../src/app/sweep.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';

const forever = new Promise<never>(() => {});

/** Runs work of a Function in virtual time, and returns how it ended and after how long. */
async function live(work: (time: ReturnType<typeof createVirtualTime>) => Promise<unknown>) {
  const time = createVirtualTime(0);
  let end: unknown;
  void endInTime(time.startTimer, 'sweep', work(time)).then(
    (result) => {
      end = { result, afterMs: time.clock() };
    },
    (error) => {
      end = { code: error.code, class: error.class, afterMs: time.clock() };
    },
  );
  await time.run();
  return end;
}

describe('no Function lives longer than 35 s', () => {
  const tooLate = { code: 'FUNCTION_TIMEOUT', class: 'provider', afterMs: 34_000 };

  it('ends with its work when that is done in time', async () => {
    expect(await live((time) => time.sleep(33_999).then(() => 'done'))).toEqual({
      result: 'done',
      afterMs: 33_999,
    });
  });

  it('fails as its work fails', async () => {
    const failing = live(() => Promise.reject(Object.assign(new Error('x'), { code: 'X' })));
    expect(await failing).toMatchObject({ code: 'X', afterMs: 0 });
  });

  it('not even the sweep when storage hangs', async () => {
    const tables = { ...createMemoryTableService(), listTables: () => forever, makeTable: () => forever };
    const sweeping = live(({ clock }) =>
      runSweep({
        tables,
        sweepExpired: () => forever,
        clock,
        log: () => {},
        keepDays: 3,
        chatTtlMs: 86_400_000,
        limit: 500,
        budgetMs: 20_000,
      }),
    );
    expect(await sweeping).toEqual(tooLate);
  });

  it('not even pruning when storage hangs', async () => {
    // No hub listens on this port; the work that follows hangs.
    const connection = { endpoint: 'http://127.0.0.1:1', keyName: 'n', key: 'k' };
    const pruning = live(async ({ clock }) => {
      await pruneDevices({
        config: { alertHub: { primary: { connection, hubName: 'a' } } },
        prune: () => forever,
        clock,
        log: () => {},
        budgetMs: 20_000,
      });
      return forever;
    });
    expect(await pruning).toEqual(tooLate);
  });
});

it('the parts of a sweep run side by side: one that hangs keeps no other waiting', async () => {
  const lines: string[] = [];
  void runSweep({
    tables: { ...createMemoryTableService(), listTables: () => forever, makeTable: () => forever },
    sweepExpired: async () => ({
      removed: 1,
      kept: 0,
      gone: 0,
      busy: 0,
      failed: 0,
      dropped: 0,
      cutShort: false,
    }),
    clock: () => 0,
    log: (_level, event) => lines.push(event),
    keepDays: 3,
    chatTtlMs: 86_400_000,
    limit: 500,
    budgetMs: 20_000,
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toEqual(['sweep-devices']);
});
