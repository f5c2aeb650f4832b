import type { Platform } from '../notifications/push.ts';
import type { PushOutcome } from './push-outcome.ts';

/** What goes to the hub for one or many device handles. */
export interface DirectSend {
  readonly platform: Platform;
  /** Headers for the push service: `apns-*`, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text of the payload. */
  readonly body: string;
}

/** Limits of one call. */
export interface DirectSendOptions {
  /** Longest time the whole call may take, milliseconds. */
  readonly timeoutMs: number;
}

/** Sends to one hub. Never throws for what the hub or the network did: that is the outcome. */
export interface DirectSendClient {
  /** Sends to one device handle. One HTTP request, no retry. */
  readonly send: (push: DirectSend, deviceHandle: string, options: DirectSendOptions) => Promise<PushOutcome>;
  /** Sends one body to 1 to 1,000 device handles in one HTTP request. One outcome for all of them. */
  readonly sendBatch: (
    push: DirectSend,
    deviceHandles: readonly string[],
    options: DirectSendOptions,
  ) => Promise<PushOutcome>;
  /** Ends the connections. */
  readonly close: () => Promise<void>;
}
