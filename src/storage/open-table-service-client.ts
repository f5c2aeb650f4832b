import type { TableServiceClient, TableServiceClientOptions } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import type { StorageSignIn } from './create-storage-sign-in.ts';

/**
 * A client for listing and dropping tables. The SDK is loaded only here: only the sweep needs this.
 *
 * @param signIn - for an identity.
 */
export async function openTableServiceClient(
  settings: StorageSettings,
  signIn: StorageSignIn,
): Promise<TableServiceClient> {
  const { TableServiceClient } = await import('./data-tables.ts');
  const options: TableServiceClientOptions = { retryOptions: { maxRetries: 0 } };
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    // Only who writes http:// into the connection string (Azurite) gets it.
    const allowInsecureConnection = /TableEndpoint=http:/i.test(connectionString);
    return TableServiceClient.fromConnectionString(connectionString, { ...options, allowInsecureConnection });
  }
  const client = new TableServiceClient(settings.tableServiceUri, options);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return client;
}
