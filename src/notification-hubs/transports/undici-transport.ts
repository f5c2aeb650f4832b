import { Pool } from 'undici';
import type { HubTransport } from '../hub-transport.ts';
import { transportDefaults } from './transport-defaults.ts';
import type { TransportOptions } from './transport-options.ts';
import { UndiciExchange } from './undici-exchange.ts';

/** Options of the built-in transport. */
export interface UndiciTransportOptions extends TransportOptions {
  /** Longest wait for TCP and TLS. Default 5 seconds. */
  readonly connectTimeoutMs?: number;
  /** Longest wait for status and headers after the request left. Default 15 seconds; undici counts in steps of 0.5 s. */
  readonly headersTimeoutMs?: number;
  /** Longest pause within the body. Default 2 seconds; undici counts in steps of 0.5 s. */
  readonly bodyTimeoutMs?: number;
}

/**
 * Creates the default transport: one keep-alive undici pool for the namespace, HTTP/1.1, one request at a time on a
 * socket, so that a broken socket can only ever concern one push.
 *
 * What it reports is true to the wire. undici calls `onRequestStart` in the same turn in which it writes the request
 * to a socket that is connected and, with TLS, has verified the hub. So everything before it is `not-sent`,
 * everything after it `no-answer`. undici looks at an idle socket before it re-uses it and takes a new one when the
 * hub has closed it; when the hub closes it in the very moment of the write, the hub may have read the request, and
 * the result stays `no-answer`. Nothing is ever sent a second time.
 */
export const createUndiciTransport = (options: UndiciTransportOptions): HubTransport => {
  const keepAliveMs = options.keepAliveMs ?? transportDefaults.keepAliveMs;
  const pool = new Pool(options.connection.endpoint, {
    connections: options.maxConnections ?? transportDefaults.maxConnections,
    pipelining: 1,
    connect: {
      timeout: options.connectTimeoutMs ?? transportDefaults.connectTimeoutMs,
      rejectUnauthorized: true,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    },
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    headersTimeout: options.headersTimeoutMs ?? transportDefaults.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs ?? transportDefaults.bodyTimeoutMs,
  });

  let closing: Promise<void> | undefined;

  return {
    post: ({ path, headers, body }, timeoutMs) => {
      if (closing !== undefined) return Promise.resolve({ kind: 'not-sent', reason: 'CLOSED' });
      const exchange = new UndiciExchange(timeoutMs);
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
      return exchange.book.result;
    },
    // The pool lets what runs end, and each exchange has its own timeout.
    close: () => {
      closing ??= pool.close();
      return closing;
    },
  };
};
