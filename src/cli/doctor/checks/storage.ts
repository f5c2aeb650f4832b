import type { StorageSettings } from '../../../config/relay-config.ts';
import type { Environment } from '../../../config/settings-reader.ts';
import { openBlobContainer } from '../../../storage/blobs.ts';
import { storageFailure, withStorageRetry } from '../../../storage/retry.ts';
import { createStorageSignIn } from '../../../storage/sign-in.ts';
import { openTableServiceClient } from '../../../storage/table-clients.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';

const retry = { tries: 2, tryTimeoutMs: 5_000, pauseMs: 200 };

// The classes of @azure/identity, told by their names: the package is loaded only where somebody signs in with it.
const signInErrors: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** Shell text that gives the resource id of the relay's storage account, as far as the settings tell its name. */
export function storageIdCommand(env: Environment): string {
  for (const prefix of ['RELAY_STORAGE', 'AzureWebJobsStorage']) {
    const name =
      /(?:^|;)\s*AccountName=([a-z0-9]{3,24})/i.exec(env[prefix] ?? '')?.[1] ??
      env[`${prefix}__accountName`] ??
      /^https:\/\/([a-z0-9]{3,24})\./.exec(env[`${prefix}__blobServiceUri`] ?? '')?.[1];
    if (name !== undefined) return `$(az storage account show --name ${name} --query id --output tsv)`;
  }
  return '<resource id of the storage account>';
}

/**
 * Do the tables and the blobs of the storage account answer? Nothing is written, and no user's data is read.
 *
 * @param app name of the Function App, which can be asked where nobody is signed in
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

/**
 * What it means that the tables or the blobs of the storage account did not answer as they should.
 *
 * @param app name of the Function App, which can be asked where nobody is signed in
 */
export function judgeStorageError(
  check: 'tables' | 'blobs',
  storage: StorageSettings,
  app: string,
  error: unknown,
): Finding {
  const { status, code } = storageFailure(error);
  const said = [status, code].filter((part) => part !== undefined).join(' ');
  const answer = said === '' ? (error instanceof Error ? error.name : 'unknown error') : said;
  if (isNotSignedIn(error)) {
    return {
      kind: 'could-not-check',
      check,
      why: 'This storage account takes signed-in users only, and nobody is signed in here.',
      mend: `az login\nOr ask the app itself:\ncurl https://${app}.azurewebsites.net/api/health`,
    };
  }
  const account = shellWord(accountName(storage));
  if (status === 401 || status === 403) {
    return {
      kind: 'wrong',
      check,
      why: `The storage account refuses the relay: ${answer}.`,
      mend: mendRefusal(storage, account),
    };
  }
  if (status === undefined && isOnThisMachine(storage)) {
    return {
      kind: 'wrong',
      check,
      why: `The ${check} of Azurite do not answer: ${answer}.`,
      mend: 'npx azurite\nThat of npm start has other ports: set RELAY_STORAGE to the connection string that npm start printed.',
    };
  }
  return {
    kind: 'wrong',
    check,
    why: `The ${check} of the storage account do not answer: ${answer}.`,
    mend: `az storage account show --name ${account} --query primaryEndpoints\nCheck that RELAY_STORAGE names this account and that its addresses can be reached from here.`,
  };
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

function isNotSignedIn(error: unknown): boolean {
  return error instanceof Error && signInErrors.has(error.name);
}

function accountName(storage: StorageSettings): string {
  if (storage.kind === 'identity') return new URL(storage.tableServiceUri).hostname.split('.')[0] ?? '';
  return /(?:^|;)\s*AccountName=([^;]+)/i.exec(storage.connectionString)?.[1]?.trim() ?? 'devstoreaccount1';
}

function mendRefusal(storage: StorageSettings, account: string): string {
  if (storage.kind === 'identity') {
    return `az role assignment list --all --assignee <who is signed in> --query "[].roleDefinitionName"\nIt needs Storage Table Data Contributor and Storage Blob Data Contributor on the account. If it has them, look at the firewall:\naz storage account show --name ${account} --query networkRuleSet`;
  }
  return `az storage account show-connection-string --name ${account} --query connectionString --output tsv\nSet RELAY_STORAGE to what it prints. If it is the same, look at the firewall of the account:\naz storage account show --name ${account} --query networkRuleSet`;
}

function isOnThisMachine(storage: StorageSettings): boolean {
  if (storage.kind === 'identity') return false;
  return /UseDevelopmentStorage=true|Endpoint=https?:\/\/(?:127\.0\.0\.1|localhost)[:/]/i.test(
    storage.connectionString,
  );
}
