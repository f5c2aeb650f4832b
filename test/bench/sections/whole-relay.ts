import { android, iPhone } from '../../support/notifications.ts';
import { alternate } from '../measure/alternate.ts';
import { measureRate } from '../measure/measure-rate.ts';
import { shortSlices } from '../measure/short-slices.ts';
import { chatEventText, ringEventText } from '../relay/bench-events.ts';
import { createBenchRelay } from '../relay/bench-relay.ts';
import { registerBenchUsers } from '../relay/bench-users.ts';
import { createBoundedTables } from '../relay/bounded-tables.ts';
import { eventPayload } from '../relay/event-payload.ts';
import { createBenchClient } from '../rivals/bench-client.ts';
import { createRawPoolSender } from '../rivals/raw-pool-sender.ts';
import { startSink } from '../sink/start-sink.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

const { slice, turnsPerRound } = shortSlices;
// About 30,000 events: with fewer, V8 is still compiling during the measurement.
const warmUpRounds = 80;

/**
 * D: the whole relay in one process, from the text of an event to the hub's response; one event in ten is a ring. Compared
 * with building the payloads of the same events, as in C, and one send of the raw pool for each: the upper bound of any
 * relay, even with a free ledger, lookup and log.
 */
export const wholeRelay: Section = {
  letters: ['D'],
  title: 'The whole relay in process, 32 events in flight',
  measure: async ({ rounds }) => {
    const sink = await startSink();
    const hub = createBenchClient(sink);
    const registry = await registerBenchUsers(createBoundedTables(200));
    const handle = createBenchRelay({
      tables: createBoundedTables(100),
      findDevices: registry.list,
      hub,
    });
    const pool = createRawPoolSender(sink);
    let events = 0;
    const next = (): string => {
      events += 1;
      return events % 10 === 0 ? ringEventText(events) : chatEventText(events);
    };
    const mapAndSend = async (index: number): Promise<void> => {
      eventPayload(next(), Date.now(), index % 2 === 0 ? iPhone : android);
      await pool.send(index);
    };
    const samples = await alternate(
      {
        relay: () => measureRate(() => handle(JSON.parse(next())), slice),
        payloads: () => measureRate(mapAndSend, slice),
        pool: () => measureRate(pool.send, slice),
      },
      rounds * turnsPerRound,
      warmUpRounds,
    );
    await hub.close();
    await pool.close();
    await sink.stop();
    return [
      compare({
        section: 'D',
        name: 'events, 32 in flight',
        unit: '/s',
        ours: samples.relay.map((rate) => rate.perSecond),
        rival: 'raw undici pool',
        theirs: samples.pool.map((rate) => rate.perSecond),
        // docs/performance.md explains why it is not met.
        limit: { kind: 'at-least', bound: 0.6, reached: 0.22 },
      }),
      compare({
        section: 'D',
        name: 'events to payloads, raw pool',
        unit: '/s',
        ours: samples.payloads.map((rate) => rate.perSecond),
        rival: 'raw undici pool',
        theirs: samples.pool.map((rate) => rate.perSecond),
      }),
      compare({
        section: 'D',
        name: 'CPU per event',
        unit: 'µs',
        ours: samples.relay.map((rate) => rate.cpuMicrosecondsEach),
        rival: 'raw undici pool',
        theirs: samples.pool.map((rate) => rate.cpuMicrosecondsEach),
      }),
    ];
  },
};
