import type { HubRequest } from './hub-request.ts';

/** The hub answered: status and headers arrived. They decide, even when the body broke off. */
export interface HubResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most the first 16 KiB. */
  readonly body: string;
}

/** Certainly no byte of the request reached a connection to the hub: sending again cannot double anything. */
export interface NotSent {
  readonly kind: 'not-sent';
  /** A code such as `ECONNREFUSED`: never an address, a header or a body. */
  readonly reason: string;
}

/** Bytes of the request may have reached the hub, and no answer came. */
export interface NoAnswer {
  readonly kind: 'no-answer';
  /** A code such as `TIMEOUT` or `ECONNRESET`. */
  readonly reason: string;
}

/** What one attempt on the wire ended as. */
export type HubTransportResult = HubResponse | NotSent | NoAnswer;

/** Carries single requests to one namespace. Never repeats a request, never follows a redirect, never throws. */
export interface HubTransport {
  /** @param timeoutMs - longest time until the result, with waiting for a connection; 1 to 2^31-1. */
  readonly post: (request: HubRequest, timeoutMs: number) => Promise<HubTransportResult>;
  /** Lets running requests end, then closes every connection. May be called twice. */
  readonly close: () => Promise<void>;
}
