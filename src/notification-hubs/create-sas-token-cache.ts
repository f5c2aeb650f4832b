import type { HubConnection } from '../config/hub-connection.ts';
import type { Clock } from '../shared/time.ts';
import { createSasToken } from './create-sas-token.ts';

const LIFETIME_MS = 60 * 60_000;

/**
 * A token is used for the first half of its life only. So a clock that runs up to half an hour behind the hub's still
 * yields tokens the hub takes.
 */
const RENEW_AFTER_MS = LIFETIME_MS / 2;

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
    if (ageMs < 0 || ageMs >= RENEW_AFTER_MS) {
      token = createSasToken(connection, Math.floor((nowMs + LIFETIME_MS) / 1000));
      signedAtMs = nowMs;
    }
    return token;
  };
};
