import {
  createDirectSendClient,
  type DirectSendClient,
} from '../../../src/notification-hubs/direct-send-client.ts';
import { createUndiciTransport } from '../../../src/notification-hubs/transports/undici-transport.ts';
import type { Sink } from '../sink/start-sink.ts';
import { benchHub } from './bench-push.ts';

/** The relay's own client of the sink, with the same parts as in production. */
export function createBenchClient({ endpoint, ca }: Pick<Sink, 'endpoint' | 'ca'>): DirectSendClient {
  const { hubName, keyName, key } = benchHub;
  const connection = { endpoint, keyName, key };
  return createDirectSendClient({
    hub: { hubName, connection },
    transport: createUndiciTransport({ connection, ca }),
    clock: Date.now,
  });
}
