import type { TableServiceClient, TableServiceClientOptions } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';

/** A client for listing and dropping tables. The SDK is loaded only here: only the sweep needs this. */
export async function openTableServiceClient(settings: StorageSettings): Promise<TableServiceClient> {
  const { TableServiceClient } = await import('@azure/data-tables');
  const options: TableServiceClientOptions = { retryOptions: { maxRetries: 0 } };
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    // Only who writes http:// into the connection string (Azurite) gets it.
    const allowInsecureConnection = /TableEndpoint=http:/i.test(connectionString);
    return TableServiceClient.fromConnectionString(connectionString, { ...options, allowInsecureConnection });
  }
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const { clientId, tableServiceUri } = settings;
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new TableServiceClient(tableServiceUri, credential, options);
}
