import type { HubTransportResult, PostOptions, SendPriority } from './hub-transport.ts';

const maxBodyBytes = 16 * 1024;

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Records one request on the wire, the same way for every transport. The result is `not-sent` without a write,
 * `no-answer` with a write but without a status, and `response` with a status, whatever fails after it. A class, because
 * one is created for each push and closures would cost a twentieth of a send.
 */
export class Exchange {
  readonly result: Promise<HubTransportResult>;
  readonly #resolve: (result: HubTransportResult) => void;
  readonly #timeoutMs: number;
  readonly #onTimeout: () => void;
  #timer: NodeJS.Timeout;
  #body: BodyCollector | undefined;
  #mayHaveLeft = false;
  #isOver = false;
  #head: Head | undefined;

  /**
   * @param times the exchange ends with the reason `TIMEOUT` when the write does not come within `waitMs`, or the result
   *   not within `timeoutMs` of the write.
   * @param onTimeout frees the socket of a request that took too long.
   */
  constructor({ waitMs, timeoutMs }: Pick<PostOptions, 'waitMs' | 'timeoutMs'>, onTimeout: () => void) {
    const { promise, resolve } = Promise.withResolvers<HubTransportResult>();
    this.result = promise;
    this.#resolve = resolve;
    this.#timeoutMs = timeoutMs;
    this.#onTimeout = onTimeout;
    this.#timer = setTimeout(Exchange.#timeOut, waitMs, this);
  }

  static #timeOut(exchange: Exchange): void {
    exchange.end('TIMEOUT');
    exchange.#onTimeout();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The write comes next: from now on bytes may have left. */
  sent(): void {
    if (this.#mayHaveLeft || this.#isOver) return;
    this.#mayHaveLeft = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(Exchange.#timeOut, this.#timeoutMs, this);
  }

  /** Status and headers of the final response arrived. From now on they decide. */
  answered(status: number, headers: Readonly<Record<string, string | readonly string[] | undefined>>): void {
    this.#head = { status, headers: normaliseHeaders(headers) };
  }

  /** A chunk of the body arrived; returns false once the limit is reached. */
  data(chunk: Uint8Array): boolean {
    this.#body ??= createBodyCollector(maxBodyBytes);
    return this.#body.add(chunk);
  }

  /** The exchange is over, successfully or not; only the first call counts. */
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

/** Response headers with names in lower case and several values of one name joined by `, `. */
export function normaliseHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const normal: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined)
      normal[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return normal;
}

/** Collects the beginning of a response body. */
interface BodyCollector {
  /** Adds a chunk; returns false once the limit is reached. */
  readonly add: (chunk: Uint8Array) => boolean;
  /** The collected bytes, decoded as UTF-8. */
  readonly text: () => string;
}

/** @param maxBytes further bytes are dropped. */
export function createBodyCollector(maxBytes: number): BodyCollector {
  const chunks: Uint8Array[] = [];
  let room = maxBytes;
  return {
    add: (chunk) => {
      chunks.push(chunk.subarray(0, room));
      room -= Math.min(room, chunk.length);
      return room > 0;
    },
    // Most responses of the hub have no body.
    text: () => (chunks.length === 0 ? '' : Buffer.concat(chunks).toString('utf8')),
  };
}

/**
 * The code of a network error, such as `ECONNRESET`, without its message, which may contain addresses, names in
 * certificates or parts of a request.
 */
export function errorReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : 'UNKNOWN_ERROR';
}

/**
 * Begins a request for which a socket is free.
 *
 * @param hasWaited false when the socket was free at once
 * @returns false when the request no longer wants its socket
 */
type Begin = (hasWaited: boolean) => boolean;

/** The line before the sockets of one namespace: the pools below it know no priorities. */
export interface SocketQueue {
  /** Begins a request now or as soon as a socket is free. One that began must {@link leave}. */
  readonly enter: (priority: SendPriority, begin: Begin) => void;
  /** A request is over, and its socket is free for the next one. */
  readonly leave: () => void;
  /** Resolves when no request runs or waits. */
  readonly emptied: () => Promise<void>;
}

/** @param sockets most requests at the same time */
export function createSocketQueue(sockets: number): SocketQueue {
  const lines: Readonly<Record<SendPriority, Line>> = { ring: createLine(), chat: createLine() };
  let free = sockets;
  let onEmpty: (() => void)[] = [];

  const next = (): void => {
    // Requests that gave up while they waited are passed over.
    for (;;) {
      const begin = lines.ring.take() ?? lines.chat.take();
      if (begin === undefined) break;
      if (begin(true)) return;
    }
    free += 1;
    if (free < sockets) return;
    for (const resolve of onEmpty) resolve();
    onEmpty = [];
  };

  return {
    enter: (priority, begin) => {
      if (free === 0) {
        lines[priority].add(begin);
        return;
      }
      free -= 1;
      if (!begin(false)) next();
    },
    leave: next,
    emptied: () =>
      free === sockets
        ? Promise.resolve()
        : new Promise((resolve) => {
            onEmpty.push(resolve);
          }),
  };
}

interface Line {
  readonly add: (begin: Begin) => void;
  /** Removes and returns the first. */
  readonly take: () => Begin | undefined;
}

/** A linked list: taking the first of an array moves all the others. */
function createLine(): Line {
  interface Place {
    readonly begin: Begin;
    next?: Place;
  }
  let first: Place | undefined;
  let last: Place | undefined;
  return {
    add: (begin) => {
      const place: Place = { begin };
      if (first === undefined || last === undefined) first = place;
      else last.next = place;
      last = place;
    },
    take: () => {
      const taken = first;
      first = taken?.next;
      return taken?.begin;
    },
  };
}
