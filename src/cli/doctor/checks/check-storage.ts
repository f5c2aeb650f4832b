import type { StorageSettings } from '../../../config/relay-config.ts';
import { openTableServiceClient } from '../../../storage/azure-table-service.ts';
import { openBlobContainer } from '../../../storage/blob-account.ts';
import { storageFailure, withStorageRetry } from '../../../storage/retry.ts';
import { createStorageSignIn } from '../../../storage/sign-in.ts';
import type { Finding } from '../finding.ts';
import { judgeStorageError } from './judge-storage-error.ts';

const retry = { tries: 2, tryTimeoutMs: 5_000, pauseMs: 200 };

/**
 * Do the tables and the blobs of the storage account answer? Nothing is written, and no user's data is read.
 *
 * @param app - name of the Function App, which can be asked where nobody is signed in
 */
export async function checkStorage(
  storage: StorageSettings,
  app = '<name of the Function App>',
): Promise<readonly Finding[]> {
  return Promise.all([
    look('tables', storage, app, async (abortSignal) => {
      const client = await openTableServiceClient(storage, createStorageSignIn(storage));
      await client.listTables({ abortSignal }).next();
    }),
    look('blobs', storage, app, async (abortSignal) => {
      const container = await openBlobContainer(storage, 'dead-letters');
      try {
        // A name that no dead letter has, so that none is listed.
        await container.list('doctor', undefined, abortSignal);
      } catch (error) {
        // The first dead letter makes the container.
        if (storageFailure(error).code !== 'ContainerNotFound') throw error;
      }
    }),
  ]);
}

async function look(
  check: 'tables' | 'blobs',
  storage: StorageSettings,
  app: string,
  request: (signal: AbortSignal) => Promise<void>,
): Promise<Finding> {
  try {
    await withStorageRetry(retry, request);
    return { kind: 'ok', check, why: `The ${check} of the storage account answer.` };
  } catch (error) {
    return judgeStorageError(check, storage, app, error);
  }
}
