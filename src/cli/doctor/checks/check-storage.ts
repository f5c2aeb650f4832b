import type { StorageSettings } from '../../../config/relay-config.ts';
import { createStorageSignIn } from '../../../storage/create-storage-sign-in.ts';
import { openBlobContainer } from '../../../storage/open-blob-container.ts';
import { openTableServiceClient } from '../../../storage/open-table-service-client.ts';
import { storageFailure } from '../../../storage/storage-failure.ts';
import { withStorageRetry } from '../../../storage/with-storage-retry.ts';
import { shellWord } from '../../shell-word.ts';
import type { Finding } from '../finding.ts';

const retry = { tries: 2, tryTimeoutMs: 5_000, pauseMs: 200 };

/**
 * Do the tables and the blobs of the storage account answer? Nothing is written, and no user's data is read.
 *
 * @param app - name of the Function App, which can be asked where only its identity may sign in
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
    return describe(check, storage, app, error);
  }
}

function describe(check: 'tables' | 'blobs', storage: StorageSettings, app: string, error: unknown): Finding {
  const { status, code } = storageFailure(error);
  if (status === undefined && storage.kind === 'identity') {
    return {
      kind: 'could-not-check',
      check,
      why: 'Only the identity of the Function App can sign in to this storage account, and there is none here.',
      mend: `curl https://${app}.azurewebsites.net/api/health`,
    };
  }
  const said = [status, code].filter((part) => part !== undefined).join(' ');
  const answer = said === '' ? (error instanceof Error ? error.name : 'unknown error') : said;
  const account = shellWord(accountName(storage));
  if (status === 401 || status === 403) {
    return {
      kind: 'wrong',
      check,
      why: `The storage account refuses the relay: ${answer}.`,
      mend: `az storage account show-connection-string --name ${account} --query connectionString --output tsv\nSet RELAY_STORAGE to what it prints. If it is the same, look at the firewall of the account:\naz storage account show --name ${account} --query networkRuleSet`,
    };
  }
  return {
    kind: 'wrong',
    check,
    why: `The ${check} of the storage account do not answer: ${answer}.`,
    mend: `az storage account show --name ${account} --query primaryEndpoints\nCheck that RELAY_STORAGE names this account and that its addresses can be reached from here.`,
  };
}

function accountName(storage: StorageSettings): string {
  if (storage.kind === 'identity') return new URL(storage.tableServiceUri).hostname.split('.')[0] ?? '';
  return /(?:^|;)\s*AccountName=([^;]+)/i.exec(storage.connectionString)?.[1]?.trim() ?? 'devstoreaccount1';
}
