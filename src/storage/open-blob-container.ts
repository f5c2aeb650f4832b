import type { StorageSettings } from '../config/relay-config.ts';
import type { BlobContainer } from './blob-container.ts';
import { createStorageSignIn } from './create-storage-sign-in.ts';
import { readBlobAccount } from './read-blob-account.ts';

/** A client for one container. The SDK is loaded only here: blobs are needed for dead letters, never for a ring. */
export async function openBlobContainer(settings: StorageSettings, name: string): Promise<BlobContainer> {
  const { createBlobContainer } = await import('./create-blob-container.ts');
  if (settings.kind === 'identity') {
    const endpoint = settings.blobServiceUri.replace(/\/$/, '');
    return createBlobContainer(`${endpoint}/${name}`, await createStorageSignIn(settings)());
  }
  const { endpoint, signature } = readBlobAccount(settings.connectionString);
  if (signature.kind === 'query') return createBlobContainer(`${endpoint}/${name}?${signature.query}`);
  const { storageSharedKeyCredentialPolicy } = await import('./shared-key.ts');
  return createBlobContainer(`${endpoint}/${name}`, storageSharedKeyCredentialPolicy(signature));
}
