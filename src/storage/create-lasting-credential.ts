import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenCredential } from '@azure/core-auth';

/** How long the token service may take for one answer, milliseconds. Several requests to storage may wait for it. */
const tokenTimeoutMs = 10_000;
const pauseMs = 3_000;

/**
 * A credential for the policy of the SDK, which shares one token among all requests and renews it in the background. A
 * token is asked for on behalf of all of them, so it does not end with the request that happened to come first, which in
 * a renewal is over long before a second try. And once there was a token its renewal is repeated until it succeeds: a
 * renewal that fails in the background has nobody who waits for it, and the rejection would end the process.
 *
 * @param pause waits so many milliseconds
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
        await pause(pauseMs);
      }
    },
  };
}
