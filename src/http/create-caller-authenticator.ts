import type { HttpRequest } from '@azure/functions';
import type { DeviceApiSettings } from '../config/relay-config.ts';
import { parseUserId } from '../devices/registration.ts';
import type { Clock } from '../shared/time.ts';
import type { Caller } from './caller.ts';
import { createTokenVerifier } from './create-token-verifier.ts';

const ASYMMETRIC = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Tells who calls the device API. With settings every request needs a bearer token of that identity provider, whose
 * user claim is a rawId. Without them the host has asked for the Functions key already (see `deviceApiAuthLevel`).
 */
export function createCallerAuthenticator(
  settings: DeviceApiSettings | undefined,
  clock: Clock,
): (request: HttpRequest) => Promise<Caller> {
  if (settings === undefined) return async () => ({ kind: 'backend' });
  const { issuer, audience, jwksUrl, userClaim } = settings;
  const verify = createTokenVerifier({ jwksUrl, issuers: [issuer], audience, algorithms: ASYMMETRIC, clock });
  return async (request) => {
    const token = await verify(request);
    if (token.kind === 'keys-unavailable') return token;
    if (token.kind !== 'valid') return { kind: 'unauthenticated', tokenGiven: token.kind === 'invalid' };
    const claim = token.claims[userClaim];
    const parsed = parseUserId(typeof claim === 'string' ? claim : '');
    return { kind: 'app', userId: parsed.kind === 'valid' ? parsed.userId : undefined };
  };
}
