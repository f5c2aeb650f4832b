import type { HubConnection } from '../../config/hub-connection.ts';
import type { HubRequest } from '../request.ts';

/** Sends single requests to one namespace. Never repeats a request, never follows a redirect, never throws. */
/** A `ring` takes the next free socket before any `chat`, however long that has waited. */
export type SendPriority = 'ring' | 'chat';

export interface HubTransport {
  readonly post: (request: HubRequest, options: PostOptions) => Promise<HubTransportResult>;
  /** Waits for running requests, then closes every connection. May be called twice. */
  readonly close: () => Promise<void>;
}

export interface PostOptions {
  /** Longest time from the write of the request to its result, milliseconds; 1 to 2^31-1. */
  readonly timeoutMs: number;
  /**
   * Longest time until the write, milliseconds; 1 to 2^31-1. It covers the wait for a socket and its connection. After it
   * the result is `not-sent`.
   */
  readonly waitMs: number;
  readonly priority: SendPriority;
  /**
   * Asked once when a socket is free, if the request had to wait for it: false means that it must not be sent any more,
   * and the result is `not-sent`. Must not reject.
   */
  readonly isStillWanted?: () => Promise<boolean>;
}

/** How one attempt on the wire ended. */
export type HubTransportResult = HubResponse | NotSent | NoAnswer;

/** The hub answered: status and headers arrived. They decide, even when the body broke off. */
export interface HubResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most the first 16 KiB. */
  readonly body: string;
}

/** No byte of the request reached a connection to the hub: sending again cannot double a push. */
interface NotSent {
  readonly kind: 'not-sent';
  /** A code such as `ECONNREFUSED`: never an address, a header or a body. */
  readonly reason: string;
}

/** Bytes of the request may have reached the hub, and no answer came. */
interface NoAnswer {
  readonly kind: 'no-answer';
  /** A code such as `TIMEOUT` or `ECONNRESET`. */
  readonly reason: string;
}

export interface TransportOptions {
  readonly connection: HubConnection;
  /** PEM certificates to trust instead of the system's, for tests. TLS is always verified. */
  readonly ca?: string;
  /** What differs from {@link defaultLimits}. */
  readonly limits?: Partial<TransportLimits>;
}

interface TransportLimits {
  /** Most sockets kept to the namespace; further requests wait for one. */
  readonly maxConnections: number;
  /** An idle socket is closed after this, milliseconds. */
  readonly keepAliveMs: number;
  /** Longest wait for TCP and TLS, milliseconds. Only the built-in transport has this and the two below. */
  readonly connectTimeoutMs: number;
  /** Longest wait for status and headers after the request left, milliseconds; undici counts in steps of 0.5 s. */
  readonly headersTimeoutMs: number;
  /** Longest pause within the body, milliseconds; undici counts in steps of 0.5 s. */
  readonly bodyTimeoutMs: number;
}

export const defaultLimits: TransportLimits = {
  maxConnections: 64,
  // Windows HTTP servers end idle connections after 120 s ("HTTPAPI timeouts"). Well below that, a request never meets
  // an idle socket that the other side is closing.
  keepAliveMs: 50_000,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 15_000,
  bodyTimeoutMs: 2_000,
};
