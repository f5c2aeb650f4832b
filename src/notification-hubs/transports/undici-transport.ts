import { type Dispatcher, Pool } from 'undici';
import type { HubTransport } from '../hub-transport.ts';
import { createDrain } from './create-drain.ts';
import { createExchange } from './create-exchange.ts';
import { errorReason } from './error-reason.ts';
import { transportDefaults } from './transport-defaults.ts';
import type { TransportOptions } from './transport-options.ts';

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

  const exchange: HubTransport['post'] = (request, timeoutMs) => {
    let running: Dispatcher.DispatchController | undefined;
    const book = createExchange(timeoutMs, () => running?.abort(new Error('The request took too long.')));
    pool.dispatch(
      { method: 'POST', path: request.path, headers: request.headers, body: request.body },
      {
        onRequestStart: (controller) => {
          // A request that timed out while it waited must not leave late: throwing here drops it unsent.
          if (book.isOver()) throw new Error('The request was given up before it was sent.');
          running = controller;
          book.sent();
        },
        onResponseStart: (_controller, status, headers) => {
          // 1xx answers are only announcements of the final one.
          if (status >= 200) book.answered(status, headers);
        },
        onResponseData: (controller, chunk) => {
          if (book.data(chunk)) return;
          book.end('BODY_LIMIT');
          controller.abort(new Error('The rest of the body is not needed.'));
        },
        onResponseEnd: () => book.end('END'),
        onResponseError: (_controller, error) => book.end(errorReason(error)),
      },
    );
    return book.result;
  };

  return createDrain(exchange, () => pool.destroy());
};
