import type { TableClient, TableServiceClient, TableServiceClientOptions } from '@azure/data-tables';
import type { StorageSettings } from '../config/relay-config.ts';
import type { StorageSignIn } from './sign-in.ts';

const clientOptions: TableServiceClientOptions = { retryOptions: { maxRetries: 0 } };

/**
 * Opens a client for the rows of one table. The SDK is loaded here, so that a cold start that rings loads only what it
 * needs.
 *
 * @param signIn for an identity.
 */
export async function openTableClient(
  settings: StorageSettings,
  tableName: string,
  signIn: StorageSignIn,
): Promise<TableClient> {
  const { TableClient } = await import('./data-tables.ts');
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    return TableClient.fromConnectionString(connectionString, tableName, optionsFor(connectionString));
  }
  const client = new TableClient(settings.tableServiceUri, tableName, clientOptions);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return client;
}

/**
 * Opens a client that creates, lists and deletes tables. The SDK is loaded here: no ring needs this.
 *
 * @param signIn for an identity.
 */
export async function openTableServiceClient(
  settings: StorageSettings,
  signIn: StorageSignIn,
): Promise<TableServiceClient> {
  const { TableServiceClient } = await import('./data-tables.ts');
  if (settings.kind === 'connection-string') {
    const { connectionString } = settings;
    return TableServiceClient.fromConnectionString(connectionString, optionsFor(connectionString));
  }
  const client = new TableServiceClient(settings.tableServiceUri, clientOptions);
  client.pipeline.addPolicy(await signIn(), { phase: 'Sign' });
  return client;
}

/** Only a connection string that says http:// (Azurite) is used without TLS. */
function optionsFor(connectionString: string): TableServiceClientOptions {
  return { ...clientOptions, allowInsecureConnection: /TableEndpoint=http:/i.test(connectionString) };
}
