import { once } from 'node:events';
import http from 'node:http';
import { closeServer } from '../../src/local/http-server.ts';

/** The token service that Azure runs beside an app with a managed identity. */
export interface IdentityService {
  /** The settings by which Azure tells the app where it is. */
  readonly settings: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** Paths it was asked for, with their queries, oldest first. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts one whose tokens Azurite takes: for storage, good for a day. A request without its header gets none. */
export async function startIdentityService(): Promise<IdentityService> {
  const secret = 'header-of-this-app';
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    const isKnown = request.headers['x-identity-header'] === secret;
    const seconds = Math.floor(Date.now() / 1000);
    const body = isKnown
      ? { access_token: storageToken(seconds), expires_on: String(seconds + 86_400), token_type: 'Bearer' }
      : { error: 'invalid_request' };
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    settings: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: secret },
    asked,
    stop: () => closeServer(server),
  };
}

function storageToken(seconds: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
    iat: seconds - 60,
    nbf: seconds - 60,
    exp: seconds + 86_400,
  };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.bm90IHNpZ25lZA`;
}
