import type { HubSettings } from '../config/relay-config.ts';
import type { Clock } from '../shared/time.ts';
import { classifyTransportResult } from './classify-response.ts';
import { buildDirectSendRequest, type DirectSendClient, hubRequestInvalid } from './request.ts';
import { createSasTokenCache } from './sas-token.ts';
import type { HubTransport } from './transports/hub-transport.ts';

/** No push waits longer, and Node.js timers end at 2^31-1 ms. */
const maxTimeoutMs = 10 * 60_000;

/** What a client is made of. */
interface DirectSendClientDeps {
  readonly hub: HubSettings;
  /** Must lead to the namespace of `hub.connection`. */
  readonly transport: HubTransport;
  readonly clock: Clock;
}

/**
 * Creates a client for one hub. Every call is one HTTP request: retries and a second hub are the caller's, who knows
 * the deadline. A 401 is an outcome like any other, since a new token of the same key would be refused as well.
 *
 * `timeoutMs` is cut to ten minutes; 0 or less means that no time is left and gives `expired` without a request.
 * Arguments that can never work reject with RelayError `HUB_REQUEST_INVALID`; nothing else rejects.
 */
export function createDirectSendClient({ hub, transport, clock }: DirectSendClientDeps): DirectSendClient {
  const authorization = createSasTokenCache(hub.connection, clock);

  return {
    send: async (push, deviceHandle, { timeoutMs }) => {
      const request = buildDirectSendRequest(hub.hubName, push, deviceHandle);
      if (Number.isNaN(timeoutMs)) throw hubRequestInvalid('timeoutMs is not a number');
      if (timeoutMs <= 0) return { kind: 'expired' };
      request.headers['authorization'] = authorization();
      const result = await transport.post(request, Math.min(Math.ceil(timeoutMs), maxTimeoutMs));
      return classifyTransportResult(result, {
        nowMs: clock(),
        secrets: [hub.connection.key, deviceHandle],
      });
    },
    close: () => transport.close(),
  };
}
