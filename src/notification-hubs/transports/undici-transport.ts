import { type Dispatcher, Pool } from 'undici';
import type { HubRequest } from '../request.ts';
import { createSocketQueue, Exchange, errorReason, type SocketQueue } from './exchange.ts';
import {
  defaultLimits,
  type HubTransport,
  type PostOptions,
  type TransportOptions,
} from './hub-transport.ts';

/**
 * Creates the default transport: one keep-alive undici pool for the namespace, HTTP/1.1, one request at a time on a
 * socket, so that a broken socket affects one push at most.
 *
 * What it reports is true to the wire. undici calls `onRequestStart` in the same turn in which it writes the request
 * to a socket that is connected and, with TLS, has verified the hub. So a failure before it is `not-sent`, and one after
 * it `no-answer`. undici checks an idle socket before it reuses it, and opens a new one when the hub has closed it. When
 * the hub closes it at the moment of the write, the hub may have read the request, and the result is `no-answer`. No
 * request is ever sent a second time.
 *
 * undici's own queue knows no priorities, so it never gets more requests than it has sockets: the others wait in a
 * {@link SocketQueue}.
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

  const sockets = createSocketQueue(maxConnections);
  let closing: Promise<void> | undefined;

  return {
    post: (request, options) => {
      if (closing !== undefined) return Promise.resolve({ kind: 'not-sent', reason: 'CLOSED' });
      const exchange = new UndiciExchange(pool, sockets, request, options);
      sockets.enter(options.priority, (hasWaited) => exchange.begin(hasWaited));
      return exchange.book.result;
    },
    close: () => {
      // Each exchange has its own timeout.
      closing ??= sockets.emptied().then(() => pool.close());
      return closing;
    },
  };
}

type Controller = Dispatcher.DispatchController;

/** Follows a request of undici from its write to the end of its answer, and records both in an {@link Exchange}. */
class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly book: Exchange;
  readonly #pool: Pool;
  readonly #sockets: SocketQueue;
  readonly #request: HubRequest;
  readonly #isStillWanted: PostOptions['isStillWanted'];
  #running: Controller | undefined;

  constructor(pool: Pool, sockets: SocketQueue, request: HubRequest, options: PostOptions) {
    this.#pool = pool;
    this.#sockets = sockets;
    this.#request = request;
    this.#isStillWanted = options.isStillWanted;
    this.book = new Exchange(options, () => this.#running?.abort(new Error('The request took too long.')));
  }

  /** A socket is free; returns false when the time to wait for it is over. */
  begin(hasWaited: boolean): boolean {
    if (this.book.isOver) return false;
    if (hasWaited && this.#isStillWanted !== undefined) void this.#beginIfWanted(this.#isStillWanted);
    else this.#dispatch();
    return true;
  }

  async #beginIfWanted(isStillWanted: () => Promise<boolean>): Promise<void> {
    if (!(await isStillWanted())) this.book.end('UNWANTED');
    if (this.book.isOver) this.#sockets.leave();
    else this.#dispatch();
  }

  #dispatch(): void {
    const { path, headers, body } = this.#request;
    this.#pool.dispatch({ method: 'POST', path, headers, body }, this);
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

  // One of these two is the last that undici says of a request, also of one that was aborted.
  onResponseEnd(): void {
    this.book.end('END');
    this.#sockets.leave();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.book.end(errorReason(error));
    this.#sockets.leave();
  }
}
