import type { StorageSettings } from './relay-config.ts';
import type { Environment, SettingsReader } from './settings-reader.ts';

/**
 * Reads where devices and deliveries are stored: `RELAY_STORAGE` as a connection string or as addresses, otherwise
 * `AzureWebJobsStorage`, the storage of the Functions host, in any form that the host accepts.
 */
export function readStorage(reader: SettingsReader, env: Environment): StorageSettings | undefined {
  const own = readForm(env, 'RELAY_STORAGE') ?? readForm(env, 'AzureWebJobsStorage');
  if (own === undefined) {
    reader.report(
      'RELAY_STORAGE',
      'nothing, and AzureWebJobsStorage is not set either',
      'Set the connection string of a storage account, or RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri to sign in with a managed identity. For Azurite set UseDevelopmentStorage=true.',
    );
    return undefined;
  }
  if (own.kind === 'identity') {
    for (const uri of [own.tableServiceUri, own.blobServiceUri]) {
      if (!/^https:\/\/[^/\s]+/.test(uri)) {
        reader.report(
          'RELAY_STORAGE__tableServiceUri and RELAY_STORAGE__blobServiceUri',
          uri === '' ? 'only one of the two' : 'an address that does not begin with https://',
          'Set both, such as https://account.table.core.windows.net and https://account.blob.core.windows.net.',
        );
        return undefined;
      }
    }
  }
  return own;
}

function readForm(env: Environment, prefix: string): StorageSettings | undefined {
  const value = (name: string): string => env[name]?.trim() ?? '';
  const account = value(`${prefix}__accountName`);
  const tableServiceUri = value(`${prefix}__tableServiceUri`) || hostFor(account, 'table');
  const blobServiceUri = value(`${prefix}__blobServiceUri`) || hostFor(account, 'blob');
  if (tableServiceUri !== '' || blobServiceUri !== '') {
    const clientId = value(`${prefix}__clientId`);
    const uris = { kind: 'identity', tableServiceUri, blobServiceUri } as const;
    return clientId === '' ? uris : { ...uris, clientId };
  }
  const connectionString = value(prefix);
  return connectionString === '' ? undefined : { kind: 'connection-string', connectionString };
}

function hostFor(account: string, service: string): string {
  return account === '' ? '' : `https://${account}.${service}.core.windows.net`;
}
