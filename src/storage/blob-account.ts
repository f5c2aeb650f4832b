import type { StorageSettings } from '../config/relay-config.ts';
import type { BlobContainer } from './blob-container.ts';
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
