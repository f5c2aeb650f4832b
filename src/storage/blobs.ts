import type { StorageSettings } from '../config/relay-config.ts';
import { lazy } from '../shared/lazy.ts';
import type { BlobContainer, BlobPage } from './blob-container.ts';
import {
  type StorageRetry,
  storageFailure,
  storageRetries,
  storageUnavailable,
  withStorageRetry,
} from './retry.ts';
import { createStorageSignIn } from './sign-in.ts';

/** Opens a client for one container. The SDK is loaded here: only dead letters need blobs, never a ring. */
export async function openBlobContainer(settings: StorageSettings, name: string): Promise<BlobContainer> {
  const { createBlobContainer } = await import('./blob-container.ts');
  if (settings.kind === 'identity') {
    const endpoint = settings.blobServiceUri.replace(/\/$/, '');
    return createBlobContainer(`${endpoint}/${name}`, await createStorageSignIn(settings)());
  }
  const { endpoint, signature } = readBlobAccount(settings.connectionString);
  if (signature.kind === 'query') return createBlobContainer(`${endpoint}/${name}?${signature.query}`);
  const { storageSharedKeyCredentialPolicy } = await import('./shared-key.ts');
  return createBlobContainer(`${endpoint}/${name}`, storageSharedKeyCredentialPolicy(signature));
}

/** The address of the blobs of a storage account, and what signs requests to it. */
interface BlobAccount {
  /** URL of the Blob service, without a trailing slash. */
  readonly endpoint: string;
  readonly signature:
    | { readonly kind: 'key'; readonly accountName: string; readonly accountKey: Buffer }
    /** Query of a shared access signature. */
    | { readonly kind: 'query'; readonly query: string };
}

/** The public account of Azurite ("Use the Azurite emulator for local Azure Storage development"). */
const developmentAccount =
  'AccountName=devstoreaccount1;' +
  'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;' +
  'BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1';

/**
 * Reads the connection string of a storage account in all forms of "Configure Azure Storage connection strings":
 * with a key or a shared access signature, with endpoints or a suffix, and `UseDevelopmentStorage=true`.
 *
 * @throws Error when it names no account or no key; the message contains no part of it.
 */
export function readBlobAccount(connectionString: string): BlobAccount {
  const parts = readParts(connectionString);
  if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true')
    return readBlobAccount(developmentAccount);
  const accountName = parts.get('accountname');
  const protocol = parts.get('defaultendpointsprotocol') ?? 'https';
  const suffix = parts.get('endpointsuffix') ?? 'core.windows.net';
  const own = accountName === undefined ? undefined : `${protocol}://${accountName}.blob.${suffix}`;
  const endpoint = (parts.get('blobendpoint') ?? own)?.replace(/\/$/, '');
  if (endpoint === undefined || !URL.canParse(endpoint)) {
    throw new Error(
      'The storage connection string names no account: AccountName or BlobEndpoint is missing.',
    );
  }
  const query = parts.get('sharedaccesssignature')?.replace(/^\?/, '');
  if (query !== undefined) return { endpoint, signature: { kind: 'query', query } };
  const key = parts.get('accountkey');
  if (accountName === undefined || key === undefined) {
    throw new Error(
      'The storage connection string has neither an account key nor a shared access signature.',
    );
  }
  return { endpoint, signature: { kind: 'key', accountName, accountKey: Buffer.from(key, 'base64') } };
}

/** Names in lower case. Values may contain "=": keys end with it. */
function readParts(connectionString: string): ReadonlyMap<string, string> {
  const parts = connectionString.split(';').map((part): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
  });
  return new Map(parts.filter(([name, value]) => name !== '' && value !== ''));
}

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
