import type { Dispatcher } from 'undici';
import { errorReason } from './error-reason.ts';
import { Exchange } from './exchange.ts';

type Controller = Dispatcher.DispatchController;

/** Follows a request of undici from its write to the end of its answer, and writes both into an {@link Exchange}. */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly book: Exchange;
  #running: Controller | undefined;

  /** @param timeoutMs - after this the request is given up. */
  constructor(timeoutMs: number) {
    this.book = new Exchange(timeoutMs, () => this.#running?.abort(new Error('The request took too long.')));
  }

  onRequestStart(controller: Controller): void {
    // A request that timed out while it waited must not leave late: throwing here drops it unsent.
    if (this.book.isOver) throw new Error('The request was given up before it was sent.');
    this.#running = controller;
    this.book.sent();
  }

  onResponseStart(
    _controller: Controller,
    status: number,
    headers: Parameters<Exchange['answered']>[1],
  ): void {
    // 1xx answers are only announcements of the final one.
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
