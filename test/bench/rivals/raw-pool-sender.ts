import { Pool } from 'undici';
import type { Sink } from '../sink/start-sink.ts';
import { readyRequest } from './ready-request.ts';
import type { Sender } from './sender.ts';

/** The upper bound: an undici pool that repeats one prepared request and reads only the status. */
export function createRawPoolSender({ endpoint, ca }: Sink): Sender {
  const pool = new Pool(endpoint, { connections: 64, pipelining: 1, connect: { ca } });
  const { path, headers, body } = readyRequest(endpoint);
  const request = { method: 'POST', path, headers, body } as const;
  return {
    send: async () => {
      const response = await pool.request(request);
      await response.body.dump();
      if (response.statusCode !== 201)
        throw new Error(`The raw pool received status ${response.statusCode}.`);
    },
    close: () => pool.close(),
  };
}
