import type { StorageSettings } from '../../../config/relay-config.ts';
import type { Environment } from '../../../config/settings-reader.ts';
import { openTableServiceClient } from '../../../storage/azure-table-store.ts';
import { openBlobContainer } from '../../../storage/blobs.ts';
import { storageFailure, withStorageRetry } from '../../../storage/retry.ts';
import { createStorageSignIn } from '../../../storage/sign-in.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';

const retry = { tries: 2, tryTimeoutMs: 5_000, pauseMs: 200 };

// Error classes of @azure/identity, by name: the package is loaded only on demand.
const signInErrors: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** Shell text that expands to the resource id of the relay's storage account; a placeholder when its name is unknown. */
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
 * Do the tables and the blobs of the storage account respond? Writes nothing and reads no user data.
 *
 * @param app name of the Function App, an alternative to signing in
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
        // No dead letter has this prefix, so none is listed.
        await container.list('doctor', undefined, abortSignal);
      } catch (error) {
        // The first dead letter creates the container.
        if (storageFailure(error).code !== 'ContainerNotFound') throw error;
      }
    }),
  ]);
}

/**
 * Explains an error from the tables or the blobs of the storage account.
 *
 * @param app name of the Function App, an alternative to signing in
 */
export function judgeStorageError(
  check: 'tables' | 'blobs',
  storage: StorageSettings,
  app: string,
  error: unknown,
): Finding {
  const { status, code } = storageFailure(error);
  const details = [status, code].filter((part) => part !== undefined).join(' ');
  const answer = details === '' ? (error instanceof Error ? error.name : 'unknown error') : details;
  if (isNotSignedIn(error)) {
    return {
      kind: 'could-not-check',
      check,
      why: 'This storage account requires a signed-in user, and this machine is not signed in.',
      fix: `az login\nOr query the app itself:\ncurl https://${app}.azurewebsites.net/api/health`,
    };
  }
  const account = shellWord(accountName(storage));
  if (status === 401 || status === 403) {
    return {
      kind: 'wrong',
      check,
      why: `The storage account rejects the relay: ${answer}.`,
      fix: fixRefusal(storage, account),
    };
  }
  if (status === undefined && isLocal(storage)) {
    return {
      kind: 'wrong',
      check,
      why: `The ${check} of Azurite do not respond: ${answer}.`,
      fix: 'npx azurite\nThe Azurite of npm start uses other ports: set RELAY_STORAGE to the connection string that npm start printed.',
    };
  }
  return {
    kind: 'wrong',
    check,
    why: `The ${check} of the storage account do not respond: ${answer}.`,
    fix: `az storage account show --name ${account} --query primaryEndpoints\nCheck that RELAY_STORAGE names this account and that its endpoints are reachable from here.`,
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
    return { kind: 'ok', check, why: `The ${check} of the storage account respond.` };
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

function fixRefusal(storage: StorageSettings, account: string): string {
  if (storage.kind === 'identity') {
    return `az role assignment list --all --assignee <signed-in identity> --query "[].roleDefinitionName"\nIt needs Storage Table Data Contributor and Storage Blob Data Contributor on the account. If it has both, check the firewall:\naz storage account show --name ${account} --query networkRuleSet`;
  }
  return `az storage account show-connection-string --name ${account} --query connectionString --output tsv\nSet RELAY_STORAGE to the output. If it is already the same, check the firewall of the account:\naz storage account show --name ${account} --query networkRuleSet`;
}

function isLocal(storage: StorageSettings): boolean {
  if (storage.kind === 'identity') return false;
  return /UseDevelopmentStorage=true|Endpoint=https?:\/\/(?:127\.0\.0\.1|localhost)[:/]/i.test(
    storage.connectionString,
  );
}
