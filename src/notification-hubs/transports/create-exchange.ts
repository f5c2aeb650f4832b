import type { HubTransportResult } from '../hub-transport.ts';
import { createBodyCollector } from './create-body-collector.ts';
import { normaliseHeaders } from './normalise-headers.ts';
import { transportDefaults } from './transport-defaults.ts';

/** The facts of one request on the wire, from which its result follows. */
export interface Exchange {
  /** The next thing that happens is the write: from now on bytes may have left. */
  readonly sent: () => void;
  /** Status and headers of the final answer arrived. From now on they decide. */
  readonly answered: (
    status: number,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ) => void;
  /** A piece of the body arrived; false when no more is wanted. */
  readonly data: (chunk: Uint8Array) => boolean;
  /** The exchange is over, well or badly; the first call counts. */
  readonly end: (reason: string) => void;
  readonly isOver: () => boolean;
  readonly result: Promise<HubTransportResult>;
}

/**
 * Keeps the book of one request, the same way for every transport: without a write `not-sent`, with a write but
 * without a status `no-answer`, with a status `response`, whatever goes wrong after it.
 *
 * @param timeoutMs - after this the exchange ends with the reason `TIMEOUT`.
 * @param onTimeout - frees the socket of a request that took too long.
 */
export const createExchange = (timeoutMs: number, onTimeout: () => void): Exchange => {
  const { promise, resolve } = Promise.withResolvers<HubTransportResult>();
  const body = createBodyCollector(transportDefaults.maxBodyBytes);
  let mayHaveLeft = false;
  let over = false;
  let head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;

  const end = (reason: string): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    if (head !== undefined) resolve({ kind: 'response', ...head, body: body.text() });
    else resolve({ kind: mayHaveLeft ? 'no-answer' : 'not-sent', reason });
  };
  const timer = setTimeout(() => {
    end('TIMEOUT');
    onTimeout();
  }, timeoutMs);

  return {
    sent: () => {
      mayHaveLeft = true;
    },
    answered: (status, headers) => {
      head = { status, headers: normaliseHeaders(headers) };
    },
    data: body.add,
    end,
    isOver: () => over,
    result: promise,
  };
};
