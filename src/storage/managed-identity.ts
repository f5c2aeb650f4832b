import type { TokenCredential } from '@azure/core-auth';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
} from '@azure/core-rest-pipeline';
import * as z from 'zod/mini';
import { parseJson } from '../shared/json.ts';

/** The token service that Azure runs beside an app, and the identity that gets a token. */
interface ManagedIdentity {
  /** `IDENTITY_ENDPOINT`: an http address on the machine itself. */
  readonly endpoint: string;
  /** `IDENTITY_HEADER`: proves that the request comes from this app. */
  readonly secret: string;
  /** Client id of a user-assigned identity; undefined for the system-assigned one. */
  readonly clientId: string | undefined;
}

const tokenSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_on: z.union([z.number(), z.string().check(z.regex(/^\d{1,12}$/))]),
});

/**
 * Gets tokens of a managed identity from the token service of App Service and Functions. Each call is one request, never
 * through a proxy; the SDK's policy that uses a credential caches its token and renews it.
 *
 * It replaces `ManagedIdentityCredential` of `@azure/identity`, which brings 290 KB of sign-in flows that an app in Azure
 * never runs. Source: "Connect to Azure services in app code", REST endpoint reference, api-version 2019-08-01 ("How to
 * use managed identities for App Service and Azure Functions").
 *
 * `getToken` rejects with a `RestError` that has either the code `IDENTITY_REFUSED` and the status of the token service,
 * so that 429 and 5xx are retried, or the code of the socket.
 */
export function createManagedIdentityCredential({
  endpoint,
  secret,
  clientId,
}: ManagedIdentity): TokenCredential {
  const client = createDefaultHttpClient();
  return {
    getToken: async (scopes, { abortSignal } = {}) => {
      const url = new URL(endpoint);
      url.searchParams.set('api-version', '2019-08-01');
      url.searchParams.set(
        'resource',
        [scopes]
          .flat()
          .join(' ')
          .replace(/\/\.default$/, ''),
      );
      if (clientId !== undefined) url.searchParams.set('client_id', clientId);
      const { status, bodyAsText } = await client.sendRequest(
        createPipelineRequest({
          url: url.href,
          headers: createHttpHeaders({ 'x-identity-header': secret }),
          allowInsecureConnection: true,
          ...(abortSignal === undefined ? {} : { abortSignal }),
        }),
      );
      const { data: token } = tokenSchema.safeParse(status === 200 ? parseJson(bodyAsText ?? '') : undefined);
      if (token === undefined) {
        throw new RestError(`The token service of the app returned ${status} and no token.`, {
          code: 'IDENTITY_REFUSED',
          statusCode: status,
        });
      }
      return { token: token.access_token, expiresOnTimestamp: Number(token.expires_on) * 1000 };
    },
  };
}
