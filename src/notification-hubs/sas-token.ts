import { createHmac } from 'node:crypto';
import type { HubConnection } from '../config/hub-connection.ts';
import type { Clock } from '../shared/time.ts';

const lifetimeMs = 60 * 60_000;

/** A token is used for the first half of its life only, so it is still valid for a hub whose clock is half an hour ahead. */
const renewAfterMs = lifetimeMs / 2;

/**
 * Returns a function that returns the current `Authorization` value for one connection. Tokens live one hour. They are
 * renewed after half of it, and when the clock was set back to before the moment of signing.
 */
export function createSasTokenCache(connection: HubConnection, clock: Clock): () => string {
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
}

/**
 * Builds the `Authorization` value for a namespace: a shared access signature. Pure.
 *
 * The audience is the root of the namespace with a trailing slash. A token is valid for every path below its audience, so
 * one token serves every hub of the namespace. Microsoft's own client for JavaScript signs the same audience, with
 * hub-level keys too, so every key from the portal works this way. Its access policy still limits what a key may do.
 *
 * @param expiresAtSeconds end of validity, epoch seconds.
 */
export function createSasToken(connection: HubConnection, expiresAtSeconds: number): string {
  const audience = encodeURIComponent(`${connection.endpoint}/`.toLowerCase());
  const signature = encodeURIComponent(signSas(`${audience}\n${expiresAtSeconds}`, connection.key));
  const keyName = encodeURIComponent(connection.keyName);
  return `SharedAccessSignature sr=${audience}&sig=${signature}&se=${expiresAtSeconds}&skn=${keyName}`;
}

/**
 * The signature of a SAS token: base64 of HMAC-SHA256. The key is used as UTF-8 bytes although it looks like base64
 * ("Generate a SAS token", Notification Hubs and Service Bus documentation).
 */
function signSas(stringToSign: string, key: string): string {
  return createHmac('sha256', key).update(stringToSign).digest('base64');
}
