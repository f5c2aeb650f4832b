import type { HubTransport, HubTransportResult } from '../hub-transport.ts';

/**
 * Turns a way to exchange and a way to tear down into a transport that closes gently: after `close()` nothing new
 * starts, what runs may end (each exchange has its own timeout), then the connections go.
 */
export const createDrain = (
  exchange: HubTransport['post'],
  destroy: () => Promise<void> | void,
): HubTransport => {
  const running = new Set<Promise<HubTransportResult>>();
  let closed = false;
  return {
    post: (request, timeoutMs) => {
      if (closed) return Promise.resolve({ kind: 'not-sent', reason: 'CLOSED' });
      const result = exchange(request, timeoutMs);
      running.add(result);
      return result.then((ended) => {
        running.delete(result);
        return ended;
      });
    },
    close: async () => {
      closed = true;
      await Promise.all(running);
      await destroy();
    },
  };
};
