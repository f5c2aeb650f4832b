import { setTimeout as sleep } from 'node:timers/promises';
import type { GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { StorageSettings } from '../config/relay-config.ts';
import { RelayError } from '../errors/errors.ts';
import { lazy } from '../shared/lazy.ts';

/** Returns the policy that signs requests in with an identity: the same one each time. */
export type StorageSignIn = () => Promise<PipelinePolicy>;

/**
 * Signs in to Azure Storage with an identity. All clients that share the policy share its token, which the SDK's policy
 * caches and renews before it expires. A request waits for the token no longer than its own signal allows; the next one
 * waits for the same token.
 *
 * Where Azure runs the app (Functions, App Service, Container Apps), the token comes from the token service of the machine.
 * Elsewhere, as for the command line on a developer's machine, `DefaultAzureCredential` of `@azure/identity` finds the
 * signed-in user; that package is not part of the bundle.
 *
 * The policy rejects with RelayError `STORAGE_UNAVAILABLE` where neither exists.
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
    const { createManagedIdentityCredential } = await import('./managed-identity.ts');
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
        'RELAY_STORAGE asks for a managed identity, but this app has none: Azure did not set IDENTITY_ENDPOINT. ' +
        'Enable an identity on the Function App, or set a connection string.',
      cause,
    });
  }
}

/** Longest wait for one answer of the token service, milliseconds. Several storage requests may wait for it. */
const tokenTimeoutMs = 10_000;

const renewalPauseMs = 3_000;

/**
 * A credential for the SDK's policy, which shares one token among all requests and renews it in the background. A token is
 * requested for all of them, so the request does not end with the storage request that came first. Once there was a token,
 * its renewal is repeated until it succeeds: no code waits for a renewal in the background, so a rejection would end the
 * process.
 *
 * @param pause waits for this many milliseconds.
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
        await pause(renewalPauseMs);
      }
    },
  };
}

async function beforeAbort<Value>(
  promise: Promise<Value>,
  signal: GetTokenOptions['abortSignal'],
): Promise<Value> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () =>
    reject(new DOMException('The token of the identity did not arrive in time.', 'AbortError'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
