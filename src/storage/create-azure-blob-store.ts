import { text } from 'node:stream/consumers';
import type { ContainerClient } from '@azure/storage-blob';
import type { StorageSettings } from '../config/relay-config.ts';
import type { BlobStore } from './blob-store.ts';
import { openContainerClient } from './open-container-client.ts';
import { storageFailure } from './storage-failure.ts';
import type { StorageRetry } from './storage-retry.ts';
import { storageUnavailable } from './storage-unavailable.ts';
import { withStorageRetry } from './with-storage-retry.ts';

const DEFAULT_RETRY: StorageRetry = { tries: 3, tryTimeoutMs: 5_000, pauseMs: 200 };

/**
 * A {@link BlobStore} on one Azure Storage container. The container is created by the first write that misses it.
 * Every operation may be sent again: none of them does harm when done twice.
 *
 * @param retry - how hard each operation is tried; by default three requests of five seconds.
 */
export function createAzureBlobStore(
  settings: StorageSettings,
  containerName: string,
  retry: Partial<StorageRetry> = {},
): BlobStore {
  const limits = { ...DEFAULT_RETRY, ...retry };
  let opened: Promise<ContainerClient> | undefined;

  const run = async <Result>(
    action: string,
    request: (container: ContainerClient, abortSignal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    try {
      opened ??= openContainerClient(settings, containerName);
      const container = await opened;
      return await withStorageRetry(limits, (signal) => request(container, signal));
    } catch (error) {
      throw storageUnavailable(`container ${containerName}, ${action}`, error);
    }
  };

  const put: BlobStore['put'] = (name, body) => {
    return run('put', async (container, abortSignal) => {
      const upload = () => {
        return container.getBlockBlobClient(name).upload(body, Buffer.byteLength(body), {
          abortSignal,
          blobHTTPHeaders: { blobContentType: 'application/json; charset=utf-8' },
        });
      };
      try {
        await upload();
      } catch (error) {
        if (storageFailure(error).code !== 'ContainerNotFound') throw error;
        await container.createIfNotExists({ abortSignal });
        await upload();
      }
    });
  };

  async function* list(prefix: string): AsyncGenerator<string> {
    let token: string | undefined = '';
    while (token !== undefined) {
      const continuationToken: string = token;
      const page = await run('list', (container, abortSignal) => {
        return readPage(container, prefix, continuationToken, abortSignal);
      });
      yield* page.names;
      token = page.next;
    }
  }

  return {
    put,
    get: (name) => {
      return run('get', async (container, abortSignal) => {
        try {
          const answer = await container.getBlockBlobClient(name).download(0, undefined, { abortSignal });
          return answer.readableStreamBody === undefined ? '' : await text(answer.readableStreamBody);
        } catch (error) {
          if (storageFailure(error).status === 404) return undefined;
          throw error;
        }
      });
    },
    list,
    remove: (name) => {
      return run('remove', async (container, abortSignal) => {
        try {
          await container.getBlockBlobClient(name).delete({ abortSignal });
        } catch (error) {
          if (storageFailure(error).status !== 404) throw error;
        }
      });
    },
  };
}

/** One page of names; an empty token asks for the first. */
async function readPage(
  container: ContainerClient,
  prefix: string,
  continuationToken: string,
  abortSignal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly next: string | undefined }> {
  try {
    const pages = container.listBlobsFlat({ prefix, abortSignal });
    const { value } = await pages.byPage(continuationToken === '' ? {} : { continuationToken }).next();
    const next: unknown = value?.continuationToken;
    return {
      names: (value?.segment.blobItems ?? []).map((item: { readonly name: string }) => item.name),
      next: typeof next === 'string' && next !== '' ? next : undefined,
    };
  } catch (error) {
    if (storageFailure(error).code === 'ContainerNotFound') return { names: [], next: undefined };
    throw error;
  }
}
