import { alternate } from '../measure/alternate.ts';
import { createBenchClient } from '../rivals/bench-client.ts';
import { benchHandle, benchPush } from '../rivals/bench-push.ts';
import { createNotificationHubsSender } from '../rivals/notification-hubs-sender.ts';
import { startSink } from '../sink/start-sink.ts';
import { trustSink } from '../sink/trust-sink.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

const handles = Array.from({ length: 1000 }, (_, index) => benchHandle(index));

/** G: one body to 1,000 device handles, compared with 1,000 single sends of Microsoft's client. */
export const batch: Section = {
  letters: ['G'],
  title: '1,000 device handles of one body',
  measure: async ({ rounds }) => {
    const sink = await startSink();
    trustSink(sink);
    const client = createBenchClient(sink);
    const hubs = createNotificationHubsSender(sink);

    const before = await sink.requests();
    await client.sendBatch(benchPush, handles, { timeoutMs: 5_000 });
    const requests = (await sink.requests()) - before;

    const { batch, singles } = await alternate(
      {
        batch: () =>
          milliseconds(async () => {
            const outcome = await client.sendBatch(benchPush, handles, { timeoutMs: 5_000 });
            if (outcome.kind !== 'accepted') throw new Error(`The outcome of the batch is ${outcome.kind}.`);
          }),
        singles: () =>
          milliseconds(async () => {
            let next = 0;
            const lane = async () => {
              while (next < handles.length) {
                next += 1;
                await hubs.send(next - 1);
              }
            };
            await Promise.all(Array.from({ length: 32 }, lane));
          }),
      },
      rounds,
    );
    await client.close();
    await hubs.close();
    await sink.stop();
    return [
      {
        section: 'G',
        name: 'requests for 1,000 handles',
        value: requests,
        unit: '',
        limit: { kind: 'at-most', bound: 1 },
      },
      compare({
        section: 'G',
        name: '1,000 handles',
        unit: 'ms',
        ours: batch,
        rival: '@azure/notification-hubs, singly',
        theirs: singles,
        limit: { kind: 'at-most', bound: 0.01 },
      }),
    ];
  },
};

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
