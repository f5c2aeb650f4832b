import type { Sink } from '../sink/start-sink.ts';
import { readyRequest } from './ready-request.ts';
import type { Sender } from './sender.ts';

/** The global `fetch` with the prepared request. */
export function createFetchSender({ endpoint }: Sink): Sender {
  const { path, headers, body } = readyRequest(endpoint);
  return {
    send: async () => {
      const response = await fetch(`${endpoint}${path}`, { method: 'POST', headers, body });
      await response.arrayBuffer();
      if (response.status !== 201) throw new Error(`fetch received status ${response.status}.`);
    },
    close: async () => {},
  };
}
