import type { Sink } from '../sink/start-sink.ts';
import { createBenchClient } from './bench-client.ts';
import { benchHandle, benchPush } from './bench-push.ts';
import type { Sender } from './sender.ts';

/** The relay's own client. */
export function createRelaySender(sink: Sink): Sender {
  const client = createBenchClient(sink);
  return {
    send: async (index) => {
      const outcome = await client.send(benchPush, benchHandle(index), {
        timeoutMs: 5_000,
        waitMs: 5_000,
        priority: 'chat',
      });
      if (outcome.kind !== 'accepted') throw new Error(`The outcome of the relay's push is ${outcome.kind}.`);
    },
    close: client.close,
  };
}
