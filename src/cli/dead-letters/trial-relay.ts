import { randomUUID } from 'node:crypto';
import type { App } from '../../app/compose-app.ts';
import { startTimer } from '../../app/compose-app.ts';
import { createCallMemory } from '../../deliveries/call-memory.ts';
import { createLedger } from '../../deliveries/ledger.ts';
import type { DirectSendClient } from '../../notification-hubs/direct-send-client.ts';
import { createRelay, type Relay } from '../../relay/relay.ts';
import { createMemoryTableService } from '../../storage/memory-tables.ts';
import type { TableService, TableStore } from '../../storage/tables.ts';

const nowhere: DirectSendClient = {
  send: async () => ({ kind: 'accepted' }),
  close: async () => {},
};

/**
 * Tables that begin as the real ones are and take every write in memory, so that the pipeline can run on them without
 * leaving a trace. A partition is read from the real table when it is first touched. Versions of rows are not the real
 * ones.
 */
export function createScratchTables(real: TableService): TableService {
  const memory = createMemoryTableService();
  const copies = new Map<string, Promise<void>>();

  const copy = (name: string, partitionKey: string): Promise<void> => {
    const id = JSON.stringify([name, partitionKey]);
    const copying = copies.get(id) ?? copyPartition(real.table(name), memory.table(name), partitionKey);
    copies.set(id, copying);
    return copying;
  };

  const table = (name: string): TableStore => {
    const scratch = memory.table(name);
    const after =
      <Rest extends readonly unknown[], Result>(
        run: (partitionKey: string, ...rest: Rest) => Promise<Result>,
      ) =>
      async (partitionKey: string, ...rest: Rest): Promise<Result> => {
        await copy(name, partitionKey);
        return run(partitionKey, ...rest);
      };
    return {
      get: after(scratch.get),
      list: after(scratch.list),
      insert: after(scratch.insert),
      put: after(scratch.put),
      replace: after(scratch.replace),
      remove: after(scratch.remove),
    };
  };

  return { ...memory, table };
}

/**
 * The app's pipeline with nothing behind it: it reads the real devices, ledger and calls, keeps what it would write in
 * memory, and takes every push as accepted without sending it. Its reports say what the app would do now.
 */
export function createTrialRelay(app: Pick<App, 'config' | 'clock' | 'tables' | 'devices'>): Relay {
  const { ringMs, chatTtlMs, chatContent, defaultLocale, voipHub } = app.config;
  const tables = createScratchTables(app.tables);
  return createRelay({
    clock: app.clock,
    sleep: async () => {},
    startTimer,
    random: () => 0,
    mapping: { ringMs, chatTtlMs, chatContent },
    defaultLocale,
    alertHub: [nowhere],
    ...(voipHub === undefined ? {} : { voipHub: [nowhere] }),
    findDevices: app.devices.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    deadLetter: async () => {},
    userReference: () => '',
  });
}

async function copyPartition(from: TableStore, to: TableStore, partitionKey: string): Promise<void> {
  for (const { rowKey, cells } of await from.list(partitionKey)) await to.put(partitionKey, rowKey, cells);
}
