import { randomUUID } from 'node:crypto';
import { startAzurite } from '../../../src/local/start-azurite.ts';
import { createAzureTableService } from '../../../src/storage/azure-table-service.ts';
import { countRoundTrips } from '../latency/count-round-trips.ts';
import { watchAccepted } from '../latency/watch-accepted.ts';
import { alternate } from '../measure/alternate.ts';
import { measurePace } from '../measure/measure-pace.ts';
import { median } from '../measure/median.ts';
import { percentile } from '../measure/percentile.ts';
import { ringEventText } from '../relay/bench-events.ts';
import { createBenchRelay } from '../relay/bench-relay.ts';
import { benchUser, registerBenchUsers, userCount } from '../relay/bench-users.ts';
import { createBenchClient } from '../rivals/bench-client.ts';
import { createRawPoolSender } from '../rivals/raw-pool-sender.ts';
import { startSink } from '../sink/start-sink.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

// Two rings per user: with 100 rings, p99 would be a single ring.
const pace = { perSecond: 50, count: 2 * userCount };
// About a thousand requests of each kind: with fewer, V8 is still compiling the SDK during the measurement.
const warmUpRounds = 5;

/** F: the delay that the relay adds to a ring, compared with sending it directly; 50 rings per second on Azurite. */
export const ringLatency: Section = {
  letters: ['F'],
  title: '50 rings per second on Azurite',
  measure: async ({ rounds }) => {
    const azurite = await startAzurite();
    const sink = await startSink();
    const { connectionString } = azurite;
    const { roundTrips, requests } = await countRoundTrips(connectionString, sink);

    const tables = createAzureTableService({ kind: 'connection-string', connectionString });
    const registry = await registerBenchUsers(tables);
    const acceptedMs = new Map<string, number>();
    const client = createBenchClient(sink);
    const hub = watchAccepted(client, (handle) => acceptedMs.set(handle, performance.now()));
    const handle = createBenchRelay({ tables, findDevices: registry.list, hub });
    const handleOf = new Map<number, string>();
    for (let index = 0; index < userCount; index += 1) {
      const [device] = await registry.list(benchUser(index));
      if (device !== undefined) handleOf.set(index, device.voipHandle ?? device.handle);
    }
    const pool = createRawPoolSender(sink);
    const table = tables.table('roundtrips');
    const { ring, direct, storage } = await alternate(
      {
        ring: () =>
          measurePace(async (index) => {
            await handle(JSON.parse(ringEventText(index)));
            return acceptedMs.get(handleOf.get(index % userCount) ?? '');
          }, pace),
        direct: () => measurePace(async () => void (await pool.send(0)), pace),
        storage: () =>
          measurePace(
            async () => void (await table.insert(randomUUID(), 'event', { state: 'leased' })),
            pace,
          ),
      },
      rounds,
      warmUpRounds,
    );
    await client.close();
    await pool.close();
    await sink.stop();
    await azurite.stop();

    const added = ring.map((times, round) => {
      const hubMs = median(direct[round] ?? []);
      return times.map((ms) => ms - hubMs);
    });
    const p99 = (series: readonly (readonly number[])[]) => series.map((times) => percentile(times, 0.99));
    const against = { section: 'F', unit: 'ms', rival: 'one Azurite round trip' } as const;
    return [
      {
        section: 'F',
        name: 'storage round trips before a ring',
        value: roundTrips,
        unit: '',
        limit: { kind: 'at-most', bound: 1 },
      },
      { section: 'F', name: 'storage requests before a ring', value: requests, unit: '' },
      compare({
        ...against,
        name: 'p99 added to a ring',
        ours: p99(added),
        theirs: p99(storage),
        limit: { kind: 'at-most', bound: 3 },
      }),
      compare({
        ...against,
        name: 'median added to a ring',
        ours: added.map(median),
        theirs: storage.map(median),
      }),
    ];
  },
};
