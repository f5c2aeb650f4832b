import type { ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
import type { StorageSettings } from '../config/relay-config.ts';

/**
 * A client for one container. `@azure/storage-blob` and `@azure/identity` are loaded only here: blobs are needed for
 * dead letters, never on the way of a ring.
 */
export async function openContainerClient(settings: StorageSettings, name: string): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const options: StoragePipelineOptions = { retryOptions: { maxTries: 1 } };
  if (settings.kind === 'connection-string') {
    return BlobServiceClient.fromConnectionString(settings.connectionString, options).getContainerClient(
      name,
    );
  }
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const { clientId, blobServiceUri } = settings;
  const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new BlobServiceClient(blobServiceUri, credential, options).getContainerClient(name);
}
