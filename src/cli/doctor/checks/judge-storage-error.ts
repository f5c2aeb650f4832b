import type { StorageSettings } from '../../../config/relay-config.ts';
import { storageFailure } from '../../../storage/retry.ts';
import { shellWord } from '../../shell-word.ts';
import type { Finding } from '../finding.ts';

/**
 * What it means that the tables or the blobs of the storage account did not answer as they should.
 *
 * @param app - name of the Function App, which can be asked where nobody is signed in
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

// The classes of @azure/identity, told by their names: the package is loaded only where somebody signs in with it.
const signInErrors: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

function isNotSignedIn(error: unknown): boolean {
  return error instanceof Error && signInErrors.has(error.name);
}

function isOnThisMachine(storage: StorageSettings): boolean {
  if (storage.kind === 'identity') return false;
  return /UseDevelopmentStorage=true|Endpoint=https?:\/\/(?:127\.0\.0\.1|localhost)[:/]/i.test(
    storage.connectionString,
  );
}

function mendRefusal(storage: StorageSettings, account: string): string {
  if (storage.kind === 'identity') {
    return `az role assignment list --all --assignee <who is signed in> --query "[].roleDefinitionName"\nIt needs Storage Table Data Contributor and Storage Blob Data Contributor on the account. If it has them, look at the firewall:\naz storage account show --name ${account} --query networkRuleSet`;
  }
  return `az storage account show-connection-string --name ${account} --query connectionString --output tsv\nSet RELAY_STORAGE to what it prints. If it is the same, look at the firewall of the account:\naz storage account show --name ${account} --query networkRuleSet`;
}

function accountName(storage: StorageSettings): string {
  if (storage.kind === 'identity') return new URL(storage.tableServiceUri).hostname.split('.')[0] ?? '';
  return /(?:^|;)\s*AccountName=([^;]+)/i.exec(storage.connectionString)?.[1]?.trim() ?? 'devstoreaccount1';
}
