import type { TableServiceClient } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import { lazy } from '../shared/lazy.ts';
import { createAzureTableStore, openTableServiceClient } from './azure-table-store.ts';
import { type ClockWatch, createClockPolicy } from './clock-skew.ts';
import {
  type StorageRetry,
  storageFailure,
  storageRetries,
  storageUnavailable,
  withStorageRetry,
} from './retry.ts';
import { createStorageSignIn } from './sign-in.ts';
import type { TableService, TableStore } from './tables.ts';

/** Each holds a client with its connections. Today's and yesterday's tables are in use; a replay may touch more. */
const maxOpenTables = 16;

/**
 * The tables of an Azure storage account. It keeps the connections of up to 16 tables, and drops those of the one that
 * was opened first.
 *
 * @param retry limits of creating, listing and deleting tables; by default three requests of five seconds.
 * @param watch is told when this machine's clock is more than 10 seconds off.
 */
export function createAzureTableService(
  settings: StorageSettings,
  retry: Partial<StorageRetry> = {},
  watch?: ClockWatch,
): TableService {
  const limits = { ...storageRetries.tables, ...retry };
  const stores = new Map<string, TableStore>();
  // Shared by all tables: a new day's tables need no token of their own.
  const signIn = createStorageSignIn(settings);
  const clockPolicy = watch === undefined ? undefined : createClockPolicy(watch);
  const open = lazy(() => openTableServiceClient(settings, signIn, clockPolicy));

  const run = async <Result>(
    action: string,
    request: (client: TableServiceClient, abortSignal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    try {
      const client = await open();
      return await withStorageRetry(limits, (signal) => request(client, signal));
    } catch (error) {
      throw storageUnavailable(action, error);
    }
  };

  return {
    table(name) {
      const known = stores.get(name);
      if (known !== undefined) return known;
      for (const oldest of stores.keys()) {
        if (stores.size < maxOpenTables) break;
        stores.delete(oldest);
      }
      const store = createAzureTableStore(settings, name, {}, signIn, clockPolicy);
      stores.set(name, store);
      return store;
    },
    // The client does not throw when the table exists.
    makeTable: (name) =>
      run(`make table ${name}`, (client, abortSignal) => client.createTable(name, { abortSignal })),
    listTables: (prefix) => {
      // Table names are letters and digits, all of which come before "{".
      const filter = `TableName ge '${prefix}' and TableName lt '${prefix}{'`;
      return run('list tables', async (client, abortSignal) => {
        const names: string[] = [];
        for await (const { name } of client.listTables({ queryOptions: { filter }, abortSignal })) {
          if (name?.startsWith(prefix)) names.push(name);
        }
        return names.sort();
      });
    },
    dropTable: (name) => {
      return run(`drop table ${name}`, async (client, abortSignal) => {
        try {
          await client.deleteTable(name, { abortSignal });
        } catch (error) {
          const { status, code } = storageFailure(error);
          // Deleted already, or Azure has not finished an earlier deletion.
          if (status !== 404 && code !== 'TableBeingDeleted') throw error;
        }
      });
    },
  };
}
