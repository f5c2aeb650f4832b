import { createHmac } from 'node:crypto';
import type { HubConnection } from '../config/hub-connection.ts';
import type { Clock } from '../shared/time.ts';

/**
 * Signs the text of a SAS token: base64 of HMAC-SHA256. The key is taken as UTF-8 bytes although it looks like
 * base64 ("Generate a SAS token", Notification Hubs and Service Bus documentation).
 */
export function signSas(stringToSign: string, key: string): string {
  return createHmac('sha256', key).update(stringToSign).digest('base64');
}

/**
 * Builds the `Authorization` value for a namespace: a shared access signature. Pure.
 *
 * The audience is the root of the namespace with a trailing slash. A token is good for every path below its
 * audience, so one token serves every hub of the namespace; it is what Microsoft's own client for JavaScript signs, with
 * hub-level keys too, so a key the portal hands out is known to work this way. What the key may do is still limited
 * by its access policy.
 *
 * @param connection the namespace and its key.
 * @param expiresAtSeconds end of validity, epoch seconds.
 */
export function createSasToken(connection: HubConnection, expiresAtSeconds: number): string {
  const audience = encodeURIComponent(`${connection.endpoint}/`.toLowerCase());
  const signature = encodeURIComponent(signSas(`${audience}\n${expiresAtSeconds}`, connection.key));
  const keyName = encodeURIComponent(connection.keyName);
  return `SharedAccessSignature sr=${audience}&sig=${signature}&se=${expiresAtSeconds}&skn=${keyName}`;
}

const lifetimeMs = 60 * 60_000;

/**
 * A token is used for the first half of its life only. So a clock that runs up to half an hour behind the hub's still
 * yields tokens the hub takes.
 */
const renewAfterMs = lifetimeMs / 2;

/**
 * Returns a function that gives the current `Authorization` value for one connection. Tokens live one hour and are
 * renewed after half of it, or when the clock was set back behind the moment of signing.
 */
export const createSasTokenCache = (connection: HubConnection, clock: Clock): (() => string) => {
  let token = '';
  let signedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock();
    const ageMs = nowMs - signedAtMs;
    if (ageMs < 0 || ageMs >= renewAfterMs) {
      token = createSasToken(connection, Math.floor((nowMs + lifetimeMs) / 1000));
      signedAtMs = nowMs;
    }
    return token;
  };
};
