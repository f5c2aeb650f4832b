import { setTimeout as sleep } from 'node:timers/promises';
import type { GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { StorageSettings } from '../config/relay-config.ts';
import { RelayError } from '../errors/errors.ts';
import { lazy } from '../shared/lazy.ts';

/** Gives the policy that signs requests in with an identity: always the same one. */
export type StorageSignIn = () => Promise<PipelinePolicy>;

/** How long the token service may take for one answer, milliseconds. Several requests to storage may wait for it. */
const tokenTimeoutMs = 10_000;

const pauseMs = 3_000;

/**
 * A credential for the policy of the SDK, which shares one token among all requests and renews it in the background. A
 * token is asked for on behalf of all of them, so it does not end with the request that happened to come first, which in
 * a renewal is over long before a second try. And once there was a token its renewal is repeated until it succeeds: a
 * renewal that fails in the background has nobody who waits for it, and the rejection would end the process.
 *
 * @param pause waits so many milliseconds
 */
export function createLastingCredential(
  credential: TokenCredential,
  pause: (ms: number) => Promise<void> = (ms) => sleep(ms, undefined, { ref: false }),
): TokenCredential {
  let isRenewal = false;
  return {
    getToken: async (scopes, options) => {
      for (;;) {
        try {
          const abortSignal = AbortSignal.timeout(tokenTimeoutMs);
          const token = await credential.getToken(scopes, { ...options, abortSignal });
          isRenewal = true;
          return token;
        } catch (error) {
          if (!isRenewal) throw error;
        }
        await pause(pauseMs);
      }
    },
  };
}

/**
 * Signs in to Azure Storage with an identity. All clients that share the policy share its token, which the policy of the
 * SDK keeps and renews before it ends. A request waits for the token no longer than its own signal allows; the next one
 * goes on waiting for the same token.
 *
 * Where Azure runs the app (Functions, App Service, Container Apps) there is a token service on the machine, and it is
 * asked. Elsewhere, as for the command line on somebody's own machine, `DefaultAzureCredential` of `@azure/identity`
 * finds who is signed in; the package is not part of the bundle.
 *
 * The policy rejects with RelayError `STORAGE_UNAVAILABLE` where there is neither.
 */
export function createStorageSignIn(settings: StorageSettings): StorageSignIn {
  const clientId = settings.kind === 'identity' ? settings.clientId : undefined;
  return lazy(async () => {
    const { bearerTokenAuthenticationPolicy } = await import('./bearer-token.ts');
    return bearerTokenAuthenticationPolicy({
      credential: createLastingCredential(await openCredential(clientId)),
      scopes: 'https://storage.azure.com/.default',
      challengeCallbacks: {
        authorizeRequest: async ({ request, scopes, getAccessToken }) => {
          const asked = getAccessToken(scopes, { enableCae: true });
          const token = await beforeAbort(asked, request.abortSignal);
          if (token !== null) request.headers.set('authorization', `Bearer ${token.token}`);
        },
      },
    });
  });
}

async function openCredential(clientId: string | undefined): Promise<TokenCredential> {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: secret } = process.env;
  if (endpoint !== undefined && secret !== undefined) {
    const { createManagedIdentityCredential } = await import('./create-managed-identity-credential.ts');
    return createManagedIdentityCredential({ endpoint, secret, clientId });
  }
  try {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
  } catch (cause) {
    throw new RelayError({
      code: 'STORAGE_UNAVAILABLE',
      class: 'config',
      message:
        'The settings of RELAY_STORAGE ask for a managed identity, but this app has none: Azure gives it no token ' +
        'service (IDENTITY_ENDPOINT). Turn on an identity of the Function App, or set a connection string.',
      cause,
    });
  }
}

async function beforeAbort<Value>(
  promise: Promise<Value>,
  signal: GetTokenOptions['abortSignal'],
): Promise<Value> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new DOMException('The identity got no token in time.', 'AbortError'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
