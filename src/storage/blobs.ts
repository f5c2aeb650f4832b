import type { StorageSettings } from '../config/relay-config.ts';
import { lazy } from '../shared/lazy.ts';
import { openBlobContainer } from './blob-account.ts';
import type { BlobContainer, BlobPage } from './blob-container.ts';
import {
  type StorageRetry,
  storageFailure,
  storageRetries,
  storageUnavailable,
  withStorageRetry,
} from './retry.ts';

/**
 * The operations on one container of small JSON texts that the relay needs. Every failure throws RelayError
 * `STORAGE_UNAVAILABLE`; a container that does not exist yet counts as empty.
 */
export interface BlobStore {
  /** Writes a text, and overwrites an existing one. */
  readonly put: (name: string, text: string) => Promise<void>;
  /** The text, or undefined. */
  readonly get: (name: string) => Promise<string | undefined>;
  /** Names that begin with `prefix`, in order; fetched in pages as the caller iterates. */
  readonly list: (prefix: string) => AsyncIterable<string>;
  /** Removes a text; does nothing when there is none. */
  readonly remove: (name: string) => Promise<void>;
}

/**
 * A {@link BlobStore} on one Azure Storage container. The first write to a missing container creates it.
 * Every operation is idempotent, so each may be retried.
 *
 * @param retry limits of each operation; by default three requests of five seconds.
 */
export function createAzureBlobStore(
  settings: StorageSettings,
  containerName: string,
  retry: Partial<StorageRetry> = {},
): BlobStore {
  const limits = { ...storageRetries.blobs, ...retry };
  const open = lazy(() => openBlobContainer(settings, containerName));

  const run = async <Result>(
    action: string,
    request: (container: BlobContainer, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    try {
      const container = await open();
      return await withStorageRetry(limits, (signal) => request(container, signal));
    } catch (error) {
      throw storageUnavailable(`container ${containerName}, ${action}`, error);
    }
  };

  async function* list(prefix: string): AsyncGenerator<string> {
    let marker: string | undefined;
    do {
      const page = await run('list', (container, signal) => readPage(container, prefix, marker, signal));
      for (const { name } of page.blobs) yield name;
      marker = page.next;
    } while (marker !== undefined);
  }

  return {
    put: (name, text) => {
      return run('put', async (container, signal) => {
        try {
          await container.put(name, text, signal);
        } catch (error) {
          if (storageFailure(error).code !== 'ContainerNotFound') throw error;
          await container.create(signal);
          await container.put(name, text, signal);
        }
      });
    },
    get: (name) => {
      return run('get', async (container, signal) => {
        try {
          return await container.getText(name, signal);
        } catch (error) {
          if (storageFailure(error).status === 404) return undefined;
          throw error;
        }
      });
    },
    list,
    remove: (name) => {
      return run('remove', async (container, signal) => {
        try {
          await container.remove(name, signal);
        } catch (error) {
          if (storageFailure(error).status !== 404) throw error;
        }
      });
    },
  };
}

async function readPage(
  container: BlobContainer,
  prefix: string,
  marker: string | undefined,
  signal: AbortSignal,
): Promise<BlobPage> {
  try {
    return await container.list(prefix, marker, signal);
  } catch (error) {
    if (storageFailure(error).code === 'ContainerNotFound') return { blobs: [] };
    throw error;
  }
}
