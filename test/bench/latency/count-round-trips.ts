import { setTimeout as sleep } from 'node:timers/promises';
import { createAzureTableService } from '../../../src/storage/azure-table-service.ts';
import { startStorageProxy } from '../../support/start-storage-proxy.ts';
import { ringEventText } from '../relay/bench-events.ts';
import { createBenchRelay } from '../relay/bench-relay.ts';
import { registerBenchUsers } from '../relay/bench-users.ts';
import { createBenchClient } from '../rivals/bench-client.ts';
import type { Sink } from '../sink/start-sink.ts';
import { watchAccepted } from './watch-accepted.ts';

/** What stands before a ring in storage. */
export interface RoundTrips {
  /** How often the relay had to wait for answers of storage, one time after another. */
  readonly roundTrips: number;
  /** Requests that these waits were for. */
  readonly requests: number;
}

// When no further request comes for so long, all that the relay asks for side by side is there.
const quietMs = 300;

/**
 * Counts the storage round trips before a ring, without a clock's help: every request to Azurite is held back. Once no
 * more come, those that are there are let through together, and that is one round trip. What is still held when the hub
 * has the ring was not waited for.
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
  // The first ring makes the tables of the day, which a timer does in production.
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
