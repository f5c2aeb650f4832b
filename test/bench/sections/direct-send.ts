import { alternate } from '../measure/alternate.ts';
import { measureRate, type Rate } from '../measure/measure-rate.ts';
import { shortSlices } from '../measure/short-slices.ts';
import { createAzureSbSender } from '../rivals/azure-sb-sender.ts';
import { createFetchSender } from '../rivals/fetch-sender.ts';
import { createNotificationHubsSender } from '../rivals/notification-hubs-sender.ts';
import { createRawPoolSender } from '../rivals/raw-pool-sender.ts';
import { createRelaySender } from '../rivals/relay-sender.ts';
import type { Sender } from '../rivals/sender.ts';
import { startSink } from '../sink/start-sink.ts';
import { trustSink } from '../sink/trust-sink.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

const { slice, turnsPerRound } = shortSlices;
// About 25,000 sends of the fastest client: with fewer, V8 is still compiling during the measurement.
const warmUpRounds = 22;

/** A and B: sends per second and CPU per send of the Direct Send client, compared with its rivals. */
export const directSend: Section = {
  letters: ['A', 'B'],
  title: 'Direct Send, 32 in flight over TLS',
  measure: async ({ rounds }) => {
    const sink = await startSink();
    trustSink(sink);
    const senders = {
      relay: createRelaySender(sink),
      pool: createRawPoolSender(sink),
      fetch: createFetchSender(sink),
      hubs: createNotificationHubsSender(sink),
      sb: await createAzureSbSender(sink),
    };
    const rate = (sender: Sender) => () => measureRate(sender.send, slice);
    const { relay, pool, fetch, hubs, sb } = await alternate(
      {
        relay: rate(senders.relay),
        pool: rate(senders.pool),
        fetch: rate(senders.fetch),
        hubs: rate(senders.hubs),
        sb: rate(senders.sb),
      },
      rounds * turnsPerRound,
      warmUpRounds,
    );
    for (const sender of Object.values(senders)) await sender.close();
    await sink.stop();

    const speed = { section: 'A', name: 'sends, 32 in flight', unit: '/s', ours: perSecond(relay) } as const;
    const cost = { section: 'B', name: 'CPU per send', unit: 'µs', ours: cpu(relay) } as const;
    const atLeast = (bound: number) => ({ kind: 'at-least', bound }) as const;
    return [
      compare({ ...speed, rival: 'raw undici pool', theirs: perSecond(pool), limit: atLeast(0.9) }),
      compare({ ...speed, rival: '@azure/notification-hubs', theirs: perSecond(hubs), limit: atLeast(2.5) }),
      compare({ ...speed, rival: 'azure-sb', theirs: perSecond(sb), limit: atLeast(3.5) }),
      compare({ ...speed, rival: 'global fetch', theirs: perSecond(fetch) }),
      compare({
        ...cost,
        rival: 'raw undici pool',
        theirs: cpu(pool),
        limit: { kind: 'at-most', bound: 1.15 },
      }),
      compare({ ...cost, rival: '@azure/notification-hubs', theirs: cpu(hubs) }),
      compare({ ...cost, rival: 'azure-sb', theirs: cpu(sb) }),
      compare({ ...cost, rival: 'global fetch', theirs: cpu(fetch) }),
    ];
  },
};

function perSecond(rates: readonly Rate[]): readonly number[] {
  return rates.map((rate) => rate.perSecond);
}

function cpu(rates: readonly Rate[]): readonly number[] {
  return rates.map((rate) => rate.cpuMicrosecondsEach);
}
