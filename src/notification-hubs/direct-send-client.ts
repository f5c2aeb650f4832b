import type { HubSettings } from '../config/relay-config.ts';
import type { Clock } from '../shared/time.ts';
import { classifyTransportResult } from './classify-response.ts';
import type { PushOutcome } from './push-outcome.ts';
import {
  buildDirectSendRequest,
  createSasTokenCache,
  type DirectSend,
  hubRequestInvalid,
} from './request.ts';
import type { HubTransport, PostOptions } from './transports/hub-transport.ts';

/** Sends to one hub. Never throws for what the hub or the network did: that is the outcome. */
export interface DirectSendClient {
  /** Sends to one device handle. One HTTP request, no retry. */
  readonly send: (push: DirectSend, deviceHandle: string, options: PostOptions) => Promise<PushOutcome>;
  /** Closes the connections. */
  readonly close: () => Promise<void>;
}

interface DirectSendClientDeps {
  readonly hub: HubSettings;
  /** Must lead to the namespace of `hub.connection`. */
  readonly transport: HubTransport;
  readonly clock: Clock;
}

/**
 * Creates a client for one hub. Every call is one HTTP request: retries and a second hub are up to the caller, who knows
 * the deadline. A 401 is an outcome like any other, since the hub would reject a new token of the same key as well.
 *
 * `timeoutMs` and `waitMs` are capped at ten minutes; with 0 or less there is no time left, and the outcome is `expired`
 * without a request. Arguments that can never work reject with RelayError `HUB_REQUEST_INVALID`; nothing else rejects.
 */
export function createDirectSendClient({ hub, transport, clock }: DirectSendClientDeps): DirectSendClient {
  const authorization = createSasTokenCache(hub.connection, clock);

  return {
    send: async (push, deviceHandle, options) => {
      const { timeoutMs, waitMs } = options;
      const request = buildDirectSendRequest(hub.hubName, push, deviceHandle);
      if (Number.isNaN(timeoutMs)) throw hubRequestInvalid('timeoutMs is not a number');
      if (Number.isNaN(waitMs)) throw hubRequestInvalid('waitMs is not a number');
      if (timeoutMs <= 0 || waitMs <= 0) return { kind: 'expired' };
      request.headers['authorization'] = authorization();
      const result = await transport.post(request, {
        ...options,
        timeoutMs: timerMs(timeoutMs),
        waitMs: timerMs(waitMs),
      });
      return classifyTransportResult(result, {
        nowMs: clock(),
        secrets: [hub.connection.key, deviceHandle],
      });
    },
    close: () => transport.close(),
  };
}

/** No push waits longer, and Node.js timers end at 2^31-1 ms. */
const maxTimeoutMs = 10 * 60_000;

function timerMs(ms: number): number {
  return Math.min(Math.ceil(ms), maxTimeoutMs);
}
