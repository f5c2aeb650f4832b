import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import type { StorageSignIn } from './create-storage-sign-in.ts';

/**
 * A client for one table. The SDK is loaded only here: a cold start that rings must not wait for what it does not use.
 *
 * @param signIn - for an identity.
 */
export async function openTableClient(
  settings: StorageSettings,
  tableName: string,
  signIn: StorageSignIn,
): Promise<TableClient> {
  const { TableClient } = await import('./data-tables.ts');
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
  const client = new TableClient(settings.tableServiceUri, tableName, options);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return client;
}
