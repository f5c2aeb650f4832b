import { type Dispatcher, Pool } from 'undici';
import { Exchange, errorReason } from './exchange.ts';
import { defaultLimits, type HubTransport, type TransportOptions } from './hub-transport.ts';

/**
 * Creates the default transport: one keep-alive undici pool for the namespace, HTTP/1.1, one request at a time on a
 * socket, so that a broken socket affects one push at most.
 *
 * What it reports is true to the wire. undici calls `onRequestStart` in the same turn in which it writes the request
 * to a socket that is connected and, with TLS, has verified the hub. So a failure before it is `not-sent`, and one after
 * it `no-answer`. undici checks an idle socket before it reuses it, and opens a new one when the hub has closed it. When
 * the hub closes it at the moment of the write, the hub may have read the request, and the result is `no-answer`. No
 * request is ever sent a second time.
 */
export function createUndiciTransport({ connection, ca, limits }: TransportOptions): HubTransport {
  const { maxConnections, keepAliveMs, connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs } = {
    ...defaultLimits,
    ...limits,
  };
  const pool = new Pool(connection.endpoint, {
    connections: maxConnections,
    pipelining: 1,
    connect: {
      timeout: connectTimeoutMs,
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca }),
    },
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    headersTimeout: headersTimeoutMs,
    bodyTimeout: bodyTimeoutMs,
  });

  let closing: Promise<void> | undefined;

  return {
    post: ({ path, headers, body }, timeoutMs) => {
      if (closing !== undefined) return Promise.resolve({ kind: 'not-sent', reason: 'CLOSED' });
      const exchange = new UndiciExchange(timeoutMs);
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
      return exchange.book.result;
    },
    // The pool waits for running requests, and each exchange has its own timeout.
    close: () => {
      closing ??= pool.close();
      return closing;
    },
  };
}

type Controller = Dispatcher.DispatchController;

/** Follows a request of undici from its write to the end of its answer, and records both in an {@link Exchange}. */
class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly book: Exchange;
  #running: Controller | undefined;

  /** @param timeoutMs after this the request is aborted. */
  constructor(timeoutMs: number) {
    this.book = new Exchange(timeoutMs, () => this.#running?.abort(new Error('The request took too long.')));
  }

  onRequestStart(controller: Controller): void {
    // A request that timed out while it waited must not leave late: an exception here drops it unsent.
    if (this.book.isOver) throw new Error('The request timed out before it was sent.');
    this.#running = controller;
    this.book.sent();
  }

  onResponseStart(
    _controller: Controller,
    status: number,
    headers: Parameters<Exchange['answered']>[1],
  ): void {
    // A 1xx response only announces the final one.
    if (status >= 200) this.book.answered(status, headers);
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    if (this.book.data(chunk)) return;
    this.book.end('BODY_LIMIT');
    controller.abort(new Error('The rest of the body is not needed.'));
  }

  onResponseEnd(): void {
    this.book.end('END');
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.book.end(errorReason(error));
  }
}
