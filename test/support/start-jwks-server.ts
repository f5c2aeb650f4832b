import { once } from 'node:events';
import http from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An identity provider: its keys over HTTP, and tokens signed with them. */
export interface JwksServer {
  readonly jwksUrl: string;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  /** What the next fetches get instead of the keys: a status, or text that is not JSON. */
  broken: number | 'not-json' | 'no-answer' | undefined;
  readonly sign: (claims: JWTPayload, options?: SignOptions) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Ways to sign that differ from the normal one. */
export interface SignOptions {
  readonly alg?: 'RS256' | 'ES256';
  readonly kid?: string;
  /** Sign with a key that was never published, under the published id. */
  readonly foreignKey?: boolean;
}

/** Starts a {@link JwksServer} on a free port of 127.0.0.1, with one RS256 and one ES256 key. */
export async function startJwksServer(): Promise<JwksServer> {
  const pairs = {
    RS256: await generateKeyPair('RS256', { extractable: true }),
    ES256: await generateKeyPair('ES256', { extractable: true }),
  };
  const foreign = { RS256: await generateKeyPair('RS256'), ES256: await generateKeyPair('ES256') };
  const keys = [
    { ...(await exportJWK(pairs.RS256.publicKey)), kid: 'RS256', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(pairs.ES256.publicKey)), kid: 'ES256', alg: 'ES256', use: 'sig' },
  ];
  let fetches = 0;
  const server = http.createServer((_request, response) => {
    fetches += 1;
    if (jwks.broken === 'no-answer') return void response.destroy();
    if (typeof jwks.broken === 'number') return void response.writeHead(jwks.broken).end();
    response.setHeader('content-type', 'application/json');
    response.end(jwks.broken === 'not-json' ? '<html>' : JSON.stringify({ keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const jwks: JwksServer = {
    jwksUrl: `http://127.0.0.1:${address.port}/keys`,
    fetches: () => fetches,
    broken: undefined,
    sign: (claims, { alg = 'RS256', kid = alg, foreignKey = false } = {}) => {
      const { privateKey } = foreignKey ? foreign[alg] : pairs[alg];
      return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return jwks;
}
