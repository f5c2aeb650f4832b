import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import { bundleChild } from '../memory/bundle-child.ts';
import type { Figure } from '../report/figure.ts';
import { startSink } from '../sink/start-sink.ts';
import type { Section } from './section.ts';

const events = 100_000;

// The heap of an instance with 512 MB, half of its memory. On a large machine V8 would take more without needing it.
const smallInstance = ['--max-old-space-size=256', '--max-semi-space-size=4'];

const reply = z.object({
  heapBytesPerEvent: z.number(),
  rssBytesPerEvent: z.number(),
  peakRssMegabytes: z.number(),
});

/** G: the memory of one process that relays 100,000 chat messages, an hour of a large tenant. */
export const memory: Section = {
  letters: ['G'],
  title: '100,000 chat events in one process',
  measure: async () => {
    const sink = await startSink();
    const program = await bundleChild();
    const child = fork(program.path, [sink.endpoint, sink.ca, String(events)], {
      execArgv: ['--expose-gc', ...smallInstance],
    });
    const [message] = await once(child, 'message');
    const { heapBytesPerEvent, rssBytesPerEvent, peakRssMegabytes } = reply.parse(message);
    program.remove();
    await sink.stop();
    const figure = { section: 'G', unit: 'B/event' } as const satisfies Partial<Figure>;
    return [
      {
        ...figure,
        name: 'growth of the heap',
        value: heapBytesPerEvent,
        limit: { kind: 'at-most', bound: 5 },
      },
      {
        ...figure,
        name: 'growth of the RSS',
        value: rssBytesPerEvent,
        limit: { kind: 'at-most', bound: 50 },
      },
      {
        section: 'G',
        name: 'peak RSS',
        value: peakRssMegabytes,
        unit: 'MB',
        limit: { kind: 'at-most', bound: 150 },
      },
    ];
  },
};
