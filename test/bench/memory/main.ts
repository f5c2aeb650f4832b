// Relays chat events for section H in a process of its own and reports its memory to the parent. The second half collects
// all garbage before every sample, so that only live memory counts.
import { leastSquaresSlope } from '../measure/least-squares-slope.ts';
import { chatEventText } from '../relay/bench-events.ts';
import { createBenchRelay } from '../relay/bench-relay.ts';
import { registerBenchUsers } from '../relay/bench-users.ts';
import { createBoundedTables } from '../relay/bounded-tables.ts';
import { createBenchClient } from '../rivals/bench-client.ts';

const [endpoint = '', ca = '', total = ''] = process.argv.slice(2);
const events = Number(total);
const sampleEvery = Math.max(1, Math.floor(events / 100));
const inFlight = 32;

const hub = createBenchClient({ endpoint, ca });
const registry = await registerBenchUsers(createBoundedTables(200));
const handle = createBenchRelay({ tables: createBoundedTables(100), findDevices: registry.list, hub });

let begun = 0;
const relayUntil = async (end: number): Promise<void> => {
  const lane = async (): Promise<void> => {
    while (begun < end) {
      begun += 1;
      await handle(JSON.parse(chatEventText(begun)));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
};

await relayUntil(events / 2);
const samples: { events: number; heap: number; rss: number }[] = [];
while (begun < events) {
  await relayUntil(Math.min(events, begun + sampleEvery));
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  samples.push({ events: begun, heap: heapUsed, rss });
}
await hub.close();
process.send?.({
  heapBytesPerEvent: leastSquaresSlope(samples.map(({ events, heap }) => ({ x: events, y: heap }))),
  rssBytesPerEvent: leastSquaresSlope(samples.map(({ events, rss }) => ({ x: events, y: rss }))),
  peakRssMegabytes: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
