import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';

/**
 * A client for one table. `@azure/data-tables` and, for a managed identity, `@azure/identity` are loaded only here:
 * a cold start that rings must not wait for what it does not use.
 */
export async function openTableClient(settings: StorageSettings, tableName: string): Promise<TableClient> {
  const { TableClient } = await import('@azure/data-tables');
  const options: TableServiceClientOptions = { retryOptions: { maxRetries: 0 } };
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    // Only who writes http:// into the connection string (Azurite) gets it.
    const allowInsecureConnection = /TableEndpoint=http:/i.test(connectionString);
    return TableClient.fromConnectionString(connectionString, tableName, {
      ...options,
      allowInsecureConnection,
    });
  }
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const { clientId, tableServiceUri } = settings;
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new TableClient(tableServiceUri, tableName, credential, options);
}
