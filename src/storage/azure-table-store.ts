import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type {
  TableClient,
  TableEntity,
  TableServiceClient,
  TableServiceClientOptions,
} from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import { lazy } from '../shared/lazy.ts';
import {
  type StorageRetry,
  storageFailure,
  storageRetries,
  storageUnavailable,
  withStorageRetry,
} from './retry.ts';
import { createStorageSignIn, type StorageSignIn } from './sign-in.ts';
import { checkTableCells, compareRowKeys, escapeTableKey, readTableRow, sameCells } from './table-rows.ts';
import type { TableCells, TableRow, TableStore, WriteResult } from './tables.ts';

const stale: WriteResult = { kind: 'stale' };

type WriteAction = 'insert' | 'put' | 'replace';

/**
 * A {@link TableStore} on one Azure table. The first write to a missing table creates it; a read from a missing table
 * finds nothing. Every operation is one HTTP request unless something fails (a list makes one for each 1,000 rows).
 *
 * When a conditional write is retried after a lost answer, it may conflict with its own first try. The row is then read
 * back: if it holds exactly what the write was to store, the write counts as done. Two writers that must be distinguished
 * therefore write something of their own (an owner id) into the row.
 *
 * @param retry limits of each operation; by default three requests of two seconds.
 * @param signIn for an identity; tables that share it share its token.
 * @param clockPolicy sees every answer; tables that share it report a wrong clock as one.
 */
export function createAzureTableStore(
  settings: StorageSettings,
  tableName: string,
  retry: Partial<StorageRetry> = {},
  signIn: StorageSignIn = createStorageSignIn(settings),
  clockPolicy?: PipelinePolicy,
): TableStore {
  const limits = { ...storageRetries.rows, ...retry };
  const open = lazy(() => openTableClient(settings, tableName, signIn, clockPolicy));

  const run = async <Result>(
    action: string,
    request: (client: TableClient, signal: AbortSignal, tryNumber: number) => Promise<Result>,
  ): Promise<Result> => {
    try {
      const client = await open();
      return await withStorageRetry(limits, (signal, tryNumber) => request(client, signal, tryNumber));
    } catch (error) {
      throw storageUnavailable(`table ${tableName}, ${action}`, error);
    }
  };

  const read = async (
    client: TableClient,
    partitionKey: string,
    rowKey: string,
    abortSignal: AbortSignal,
  ) => {
    try {
      return readTableRow(
        await client.getEntity(escapeTableKey(partitionKey), escapeTableKey(rowKey), { abortSignal }),
      );
    } catch (error) {
      if (storageFailure(error).status === 404) return undefined;
      throw error;
    }
  };

  const write = (
    action: WriteAction,
    row: Omit<TableRow, 'etag'>,
    request: (client: TableClient, entity: TableEntity, signal: AbortSignal) => Promise<{ etag?: string }>,
  ): Promise<WriteResult> => {
    checkTableCells(row.cells);
    const entity = toEntity(row);
    return run(action, async (client, signal, tryNumber) => {
      const send = async (): Promise<WriteResult> => {
        const { etag } = await request(client, entity, signal);
        return { kind: 'done', etag: etag ?? '' };
      };
      try {
        return await send().catch(async (error: unknown) => {
          if (action === 'replace' || storageFailure(error).code !== 'TableNotFound') throw error;
          await client.createTable({ abortSignal: signal });
          return send();
        });
      } catch (error) {
        if (!isConflict(action, error)) throw error;
        if (tryNumber === 1) return stale;
        const found = await read(client, row.partitionKey, row.rowKey, signal);
        return found !== undefined && sameCells(found.cells, row.cells)
          ? { kind: 'done', etag: found.etag }
          : stale;
      }
    });
  };

  return {
    get: async (partitionKey, rowKey) => {
      return run('get', (client, signal) => read(client, partitionKey, rowKey, signal));
    },
    list: async (partitionKey) => {
      const filter = `PartitionKey eq '${escapeTableKey(partitionKey).replaceAll("'", "''")}'`;
      return run('list', async (client, abortSignal) => {
        const rows: TableRow[] = [];
        try {
          for await (const entity of client.listEntities({ queryOptions: { filter }, abortSignal })) {
            rows.push(readTableRow(entity));
          }
        } catch (error) {
          if (storageFailure(error).code !== 'TableNotFound') throw error;
        }
        return rows.sort(compareRowKeys);
      });
    },
    insert: async (partitionKey, rowKey, cells) => {
      return write('insert', { partitionKey, rowKey, cells }, (client, entity, abortSignal) => {
        return client.createEntity(entity, { abortSignal });
      });
    },
    put: async (partitionKey, rowKey, cells) => {
      return write('put', { partitionKey, rowKey, cells }, (client, entity, abortSignal) => {
        return client.upsertEntity(entity, 'Replace', { abortSignal });
      });
    },
    replace: async (partitionKey, rowKey, cells, etag) => {
      return write('replace', { partitionKey, rowKey, cells }, (client, entity, abortSignal) => {
        return client.updateEntity(entity, 'Replace', { etag, abortSignal });
      });
    },
    remove: async (partitionKey, rowKey, etag = '*') => {
      const keys = [escapeTableKey(partitionKey), escapeTableKey(rowKey)] as const;
      return run('remove', async (client, abortSignal) => {
        try {
          await client.deleteEntity(...keys, { etag, abortSignal });
        } catch (error) {
          const { status } = storageFailure(error);
          if (status === 412) return stale;
          if (status !== 404) throw error;
        }
        return { kind: 'done', etag: '' };
      });
    },
  };
}

function toEntity({ partitionKey, rowKey, cells }: Omit<TableRow, 'etag'>): TableEntity {
  const typed = Object.entries(cells).map(([name, value]) => [name, toEdm(value)]);
  return {
    ...Object.fromEntries(typed),
    partitionKey: escapeTableKey(partitionKey),
    rowKey: escapeTableKey(rowKey),
  };
}

/** Numbers are sent as doubles: without a type Azure reads whole ones as 32-bit integers, too small for a time in ms. */
function toEdm(value: TableCells[string]): unknown {
  return typeof value === 'number' ? { type: 'Double', value } : value;
}

/** Whether another write came first. A 409 of another kind, such as `TableBeingDeleted`, is not about this row. */
function isConflict(action: WriteAction, error: unknown): boolean {
  const { status, code } = storageFailure(error);
  if (action === 'insert') return status === 409 && code === 'EntityAlreadyExists';
  return action === 'replace' && (status === 412 || status === 404);
}

const clientOptions: TableServiceClientOptions = { retryOptions: { maxRetries: 0 } };

/**
 * Opens a client for the rows of one table. The SDK is loaded here, so that a cold start that rings loads only what it
 * needs.
 *
 * @param signIn for an identity.
 */
async function openTableClient(
  settings: StorageSettings,
  tableName: string,
  signIn: StorageSignIn,
  clockPolicy: PipelinePolicy | undefined,
): Promise<TableClient> {
  const { TableClient } = await import('./data-tables.ts');
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    const options = optionsFor(connectionString);
    return watched(TableClient.fromConnectionString(connectionString, tableName, options), clockPolicy);
  }
  const client = new TableClient(settings.tableServiceUri, tableName, clientOptions);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return watched(client, clockPolicy);
}

/**
 * Opens a client that creates, lists and deletes tables. The SDK is loaded here: no ring needs this.
 *
 * @param signIn for an identity.
 */
export async function openTableServiceClient(
  settings: StorageSettings,
  signIn: StorageSignIn,
  clockPolicy?: PipelinePolicy,
): Promise<TableServiceClient> {
  const { TableServiceClient } = await import('./data-tables.ts');
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    const options = optionsFor(connectionString);
    return watched(TableServiceClient.fromConnectionString(connectionString, options), clockPolicy);
  }
  const client = new TableServiceClient(settings.tableServiceUri, clientOptions);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return watched(client, clockPolicy);
}

/** Only a connection string that says http:// (Azurite) is used without TLS. */
function optionsFor(connectionString: string): TableServiceClientOptions {
  return { ...clientOptions, allowInsecureConnection: /TableEndpoint=http:/i.test(connectionString) };
}

function watched<Client extends TableClient | TableServiceClient>(
  client: Client,
  clockPolicy: PipelinePolicy | undefined,
): Client {
  if (clockPolicy !== undefined) client.pipeline.addPolicy(clockPolicy, { phase: 'Sign' });
  return client;
}
