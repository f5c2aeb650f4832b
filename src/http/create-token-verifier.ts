import type { HttpRequest } from '@azure/functions';
import { openOnce } from '../shared/open-once.ts';
import type { Clock } from '../shared/time.ts';
import type { TokenCheck } from './token-check.ts';

/** Which tokens are taken. */
export interface TokenRules {
  readonly jwksUrl: string;
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Signature algorithms; asymmetric ones only. */
  readonly algorithms: readonly string[];
  readonly clock: Clock;
}

const SKEW_SECONDS = 60;
const KEYS_TIMEOUT_MS = 3_000;
// Everything else that can go wrong is about fetching or reading the keys.
const TOKEN_FAULT =
  /^ERR_(?:JWT_|JWS_|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED)/;

/**
 * Checks bearer tokens: signature by the issuer's keys (fetched once and kept ten minutes; again for an unknown key id,
 * at most every 30 seconds), issuer, audience, `exp` (required) and `nbf` with 60 seconds of skew by the given clock.
 */
export function createTokenVerifier(rules: TokenRules): (request: HttpRequest) => Promise<TokenCheck> {
  const open = openOnce(async () => {
    // Loaded with the first token: most requests of the relay carry none.
    const { createRemoteJWKSet, jwtVerify } = await import('./jose.ts');
    const keys = createRemoteJWKSet(new URL(rules.jwksUrl), { timeoutDuration: KEYS_TIMEOUT_MS });
    return (token: string) => {
      return jwtVerify(token, keys, {
        issuer: [...rules.issuers],
        audience: rules.audience,
        algorithms: [...rules.algorithms],
        requiredClaims: ['exp'],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(rules.clock()),
      });
    };
  });

  return async (request) => {
    const header = request.headers.get('authorization');
    if (header === null) return { kind: 'missing' };
    const token = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(header)?.[1];
    if (token === undefined) return { kind: 'invalid' };
    try {
      const verify = await open();
      const { payload } = await verify(token);
      return { kind: 'valid', claims: payload };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { kind: TOKEN_FAULT.test(code) ? 'invalid' : 'keys-unavailable' };
    }
  };
}
