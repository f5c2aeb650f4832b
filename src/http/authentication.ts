import type { HttpRequest } from '@azure/functions';
import type { DeviceApiSettings, EventsEntraSettings } from '../config/relay-config.ts';
import { parseUserId } from '../devices/registration.ts';
import { lazy } from '../shared/lazy.ts';
import type { Clock } from '../shared/time.ts';

/**
 * The `authLevel` of the device API's Functions: `anonymous` only when complete settings make the relay check bearer
 * tokens; in any other case the host requires the Functions key.
 */
export function deviceApiAuthLevel(settings: DeviceApiSettings | undefined): 'function' | 'anonymous' {
  if (settings === undefined) return 'function';
  const { issuer, audience, jwksUrl, userClaim } = settings;
  return [issuer, audience, jwksUrl, userClaim].every((value) => value !== '') ? 'anonymous' : 'function';
}

/**
 * The `authLevel` of the event webhook: `anonymous` only when complete settings make the relay check the Entra token of
 * Event Grid; in any other case the host requires the Functions key (in the `code` parameter of the subscription's URL).
 */
export function eventsAuthLevel(settings: EventsEntraSettings | undefined): 'function' | 'anonymous' {
  return settings !== undefined && settings.tenantId !== '' && settings.audience !== ''
    ? 'anonymous'
    : 'function';
}

/** Who calls the device API. */
export type Caller =
  /** A backend with the Functions key, which the host has checked: it may act for every user. */
  | { readonly kind: 'backend' }
  /** An app with a token: it may act for this user only. `undefined` when the token names no valid user. */
  | { readonly kind: 'app'; readonly userId: string | undefined }
  | { readonly kind: 'unauthenticated'; readonly tokenGiven: boolean }
  | { readonly kind: 'keys-unavailable' };

const asymmetricAlgorithms = [
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
 * Identifies the caller of the device API. With settings, every request needs a bearer token of that identity provider,
 * whose user claim is a rawId. Without settings, the host has already checked the Functions key (see
 * {@link deviceApiAuthLevel}).
 */
export function createCallerAuthenticator(
  settings: DeviceApiSettings | undefined,
  clock: Clock,
): (request: HttpRequest) => Promise<Caller> {
  if (settings === undefined) return async () => ({ kind: 'backend' });
  const { issuer, audience, jwksUrl, userClaim } = settings;
  const verify = createTokenVerifier({
    jwksUrl,
    issuers: [issuer],
    audience,
    algorithms: asymmetricAlgorithms,
    clock,
  });
  return async (request) => {
    const token = await verify(request);
    if (token.kind === 'keys-unavailable') return token;
    if (token.kind !== 'valid') return { kind: 'unauthenticated', tokenGiven: token.kind === 'invalid' };
    const claim = token.claims[userClaim];
    const parsed = parseUserId(typeof claim === 'string' ? claim : '');
    return { kind: 'app', userId: parsed.kind === 'valid' ? parsed.userId : undefined };
  };
}

/** The result of checking the bearer token of a request. */
export type TokenCheck =
  | { readonly kind: 'valid'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing' }
  | { readonly kind: 'invalid' }
  /** The keys of the issuer could not be fetched, so the token could not be checked. */
  | { readonly kind: 'keys-unavailable' };

/** Application id of Microsoft.EventGrid, the same in every tenant. */
const eventGridAppId = '4962773b-9cdb-44cf-a8bf-237846a00ab7';

/**
 * Checks the Entra token that Event Grid sends with every message of a subscription secured by Entra ID, the validation
 * included: signature, issuer (v1 and v2), audience, lifetime, tenant, and that it was issued to Event Grid itself
 * (`appid`, in v2 tokens `azp`). It requires no role, since real tokens have none.
 * Source: "Secure WebHook delivery with Microsoft Entra ID in Azure Event Grid" (learn.microsoft.com).
 *
 * @param jwksUrl where the tenant publishes its keys; derived from the tenant when absent.
 */
export function createEventsAuthenticator(
  settings: EventsEntraSettings,
  clock: Clock,
  jwksUrl?: string,
): (request: HttpRequest) => Promise<TokenCheck> {
  const tenantId = settings.tenantId.toLowerCase();
  const verify = createTokenVerifier({
    jwksUrl: jwksUrl ?? `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`,
    issuers: [`https://sts.windows.net/${tenantId}/`, `https://login.microsoftonline.com/${tenantId}/v2.0`],
    audience: settings.audience,
    algorithms: ['RS256'],
    clock,
  });
  return async (request) => {
    const token = await verify(request);
    if (token.kind !== 'valid') return token;
    const { tid, appid, azp } = token.claims;
    return tid === tenantId && (appid ?? azp) === eventGridAppId ? token : { kind: 'invalid' };
  };
}

interface TokenRules {
  readonly jwksUrl: string;
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Signature algorithms; asymmetric ones only. */
  readonly algorithms: readonly string[];
  readonly clock: Clock;
}

const skewSeconds = 60;
const keysTimeoutMs = 3_000;

// Any other error is about fetching or reading the keys.
const tokenFault =
  /^ERR_(?:JWT_|JWS_|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE_MATCHING_KEYS|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED)/;

/**
 * Checks bearer tokens: signature, issuer, audience, `exp` (required) and `nbf`, the times with 60 seconds of skew by the
 * given clock. The keys of the issuer are fetched once and kept for ten minutes; an unknown key id makes it fetch them
 * again, at most every 30 seconds.
 */
function createTokenVerifier(rules: TokenRules): (request: HttpRequest) => Promise<TokenCheck> {
  const open = lazy(async () => {
    // Loaded with the first token: most requests to the relay carry none.
    const { createRemoteJWKSet, jwtVerify } = await import('./jose.ts');
    const keys = createRemoteJWKSet(new URL(rules.jwksUrl), { timeoutDuration: keysTimeoutMs });
    return (token: string) => {
      return jwtVerify(token, keys, {
        issuer: [...rules.issuers],
        audience: rules.audience,
        algorithms: [...rules.algorithms],
        requiredClaims: ['exp'],
        clockTolerance: skewSeconds,
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
      return { kind: tokenFault.test(code) ? 'invalid' : 'keys-unavailable' };
    }
  };
}
