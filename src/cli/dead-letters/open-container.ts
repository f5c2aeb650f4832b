import type { StorageSettings } from '../../config/relay-config.ts';
import { type BlobStore, createAzureBlobStore } from '../../storage/blobs.ts';
import { inputUnusable } from '../input-unusable.ts';

/**
 * A container of the relay's storage account, for reading dead letters.
 *
 * @throws RelayError `INPUT_UNUSABLE` for a name that no container can have
 *   ("Naming and referencing containers, blobs, and metadata")
 */
export function openContainer(storage: StorageSettings, name: string): BlobStore {
  if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
    throw inputUnusable(
      'The name of the container is none that Azure knows: give 3 to 63 lower-case letters, digits and single hyphens.',
    );
  }
  return createAzureBlobStore(storage, name);
}
