/** A `ring` takes the next free socket before any `chat`, however long that has waited. */
export type SendPriority = 'ring' | 'chat';

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
