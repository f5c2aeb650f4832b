import { setTimeout as sleep } from 'node:timers/promises';
import { createAzureTableService } from '../../../src/storage/azure-table-service.ts';
import { startStorageProxy } from '../../support/start-storage-proxy.ts';
import { ringEventText } from '../relay/bench-events.ts';
import { createBenchRelay } from '../relay/bench-relay.ts';
import { registerBenchUsers } from '../relay/bench-users.ts';
import { createBenchClient } from '../rivals/bench-client.ts';
import type { Sink } from '../sink/start-sink.ts';
import { watchAccepted } from './watch-accepted.ts';

/** The storage work before a ring is sent. */
export interface RoundTrips {
  /** How many times in sequence the relay waited for storage. */
  readonly roundTrips: number;
  /** Requests that it waited for. */
  readonly requests: number;
}

// After this pause, every concurrent request of the relay has arrived.
const quietMs = 300;

/**
 * Counts the storage round trips before a ring, without measuring time: it holds back every request to Azurite. Once no
 * more arrive, it releases the held ones together, as one round trip. The ring did not wait for a request that is still
 * held when the hub accepts it.
 */
export async function countRoundTrips(connectionString: string, sink: Sink): Promise<RoundTrips> {
  const held: (() => void)[] = [];
  let isHolding = false;
  let arrivedMs = 0;
  const proxy = await startStorageProxy(connectionString, 'Table', () => {
    if (!isHolding) return Promise.resolve();
    arrivedMs = performance.now();
    return new Promise((resolve) => held.push(resolve));
  });
  let isAccepted = false;
  const client = createBenchClient(sink);
  const hub = watchAccepted(client, () => {
    isAccepted = true;
  });
  const tables = createAzureTableService({
    kind: 'connection-string',
    connectionString: proxy.connectionString,
  });
  const registry = await registerBenchUsers(tables);
  const handle = createBenchRelay({ tables, findDevices: registry.list, hub });
  // The first ring creates the tables of the day. In production a timer does.
  await handle(JSON.parse(ringEventText(0)));

  isAccepted = false;
  isHolding = true;
  arrivedMs = performance.now();
  const handled = handle(JSON.parse(ringEventText(2)));
  let roundTrips = 0;
  let requests = 0;
  while (!isAccepted) {
    await sleep(10);
    if (isAccepted || held.length === 0 || performance.now() - arrivedMs < quietMs) continue;
    roundTrips += 1;
    requests += held.length;
    for (const admit of held.splice(0)) admit();
  }
  isHolding = false;
  for (const admit of held.splice(0)) admit();
  await handled;
  await client.close();
  await proxy.stop();
  return { roundTrips, requests };
}
