import type { HubTransportResult } from '../hub-transport.ts';
import { type BodyCollector, createBodyCollector } from './create-body-collector.ts';
import { normaliseHeaders } from './normalise-headers.ts';
import { transportDefaults } from './transport-defaults.ts';

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Keeps the book of one request on the wire, the same way for every transport: without a write `not-sent`, with a write
 * but without a status `no-answer`, with a status `response`, whatever goes wrong after it. A class, since one is made
 * for each push: closures in its place cost a twentieth of a send (docs/performance.md).
 */
export class Exchange {
  readonly result: Promise<HubTransportResult>;
  readonly #resolve: (result: HubTransportResult) => void;
  readonly #onTimeout: () => void;
  readonly #timer: NodeJS.Timeout;
  #body: BodyCollector | undefined;
  #mayHaveLeft = false;
  #isOver = false;
  #head: Head | undefined;

  /**
   * @param timeoutMs - after this the exchange ends with the reason `TIMEOUT`.
   * @param onTimeout - frees the socket of a request that took too long.
   */
  constructor(timeoutMs: number, onTimeout: () => void) {
    const { promise, resolve } = Promise.withResolvers<HubTransportResult>();
    this.result = promise;
    this.#resolve = resolve;
    this.#onTimeout = onTimeout;
    this.#timer = setTimeout(Exchange.#timeOut, timeoutMs, this);
  }

  static #timeOut(exchange: Exchange): void {
    exchange.end('TIMEOUT');
    exchange.#onTimeout();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The next thing that happens is the write: from now on bytes may have left. */
  sent(): void {
    this.#mayHaveLeft = true;
  }

  /** Status and headers of the final answer arrived. From now on they decide. */
  answered(status: number, headers: Readonly<Record<string, string | readonly string[] | undefined>>): void {
    this.#head = { status, headers: normaliseHeaders(headers) };
  }

  /** A piece of the body arrived; false when no more is wanted. */
  data(chunk: Uint8Array): boolean {
    this.#body ??= createBodyCollector(transportDefaults.maxBodyBytes);
    return this.#body.add(chunk);
  }

  /** The exchange is over, well or badly; the first call counts. */
  end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#head === undefined) {
      this.#resolve({ kind: this.#mayHaveLeft ? 'no-answer' : 'not-sent', reason });
      return;
    }
    const { status, headers } = this.#head;
    this.#resolve({ kind: 'response', status, headers, body: this.#body?.text() ?? '' });
  }
}
