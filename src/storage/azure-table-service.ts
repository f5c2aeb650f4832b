import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TableServiceClient } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import { lazy } from '../shared/lazy.ts';
import { type Clock, leastSkewMs } from '../shared/time.ts';
import { createAzureTableStore, openTableServiceClient } from './azure-table-store.ts';
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

/** The clock of this machine, and who is told when it is wrong. */
interface ClockWatch {
  readonly clock: Clock;
  /**
   * Called at most once an hour.
   *
   * @param skewMs milliseconds that this machine is ahead; negative when it is behind
   */
  readonly onSkew: (skewMs: number) => void;
}

// Well below the time that a ring lasts, and well above what a busy machine with network time shows.
const toleratedMs = 10_000;
const silenceMs = 3_600_000;

/**
 * Creates a policy that compares the clock with the `Date` of every answer of Azure Storage. It costs no request, changes
 * none, and can be shared by any number of clients, which then report as one.
 *
 * It must stand in the innermost phase, `Sign`: further out, an answer with an error arrives as an exception.
 */
export function createClockPolicy({ clock, onSkew }: ClockWatch): PipelinePolicy {
  let silentUntilMs = Number.NEGATIVE_INFINITY;
  return {
    name: 'clockSkew',
    sendRequest: async (request, next) => {
      const sentAtMs = clock();
      const response = await next(request);
      const receivedAtMs = clock();
      const dateMs = Date.parse(response.headers.get('date') ?? '');
      const skewMs = Number.isNaN(dateMs) ? 0 : leastSkewMs({ sentAtMs, receivedAtMs, dateMs });
      if (Math.abs(skewMs) > toleratedMs && receivedAtMs >= silentUntilMs) {
        silentUntilMs = receivedAtMs + silenceMs;
        onSkew(skewMs);
      }
      return response;
    },
  };
}
