import { readFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { parseEvent } from '../../src/events/parse-event.ts';
import { buildPush } from '../../src/notifications/build-push.ts';
import { mapEvent } from '../../src/notifications/map-event.ts';
import { android, iPhone } from '../support/notifications.ts';
import type { Figure } from './figure.ts';

const recordings = [
  'incoming-call',
  'chat-message-received',
  'chat-message-edited',
  'chat-thread-created-with-user',
];
const rules = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;

/**
 * One event to its payloads, without I/O: JSON text, validation, mapping, and the payloads for an iPhone and an Android
 * phone as text. Median over many rounds, in µs, one figure per recording and their mean.
 */
export async function benchMapping(): Promise<readonly Figure[]> {
  const bench = new Bench({ time: 1_000, warmupTime: 500 });
  for (const name of recordings) {
    const url = new URL(`../replay/recordings/${name}.cloudevents.json`, import.meta.url);
    const text = readFileSync(url, 'utf8');
    bench.add(name, () => payloads(text));
  }
  await bench.run();
  const figures = bench.tasks.map(({ name, result }): Figure => {
    if (!('latency' in result)) throw new Error(`${name} did not run`);
    return {
      name: `event to two payloads: ${name}`,
      value: result.latency.p50 * 1000,
      unit: 'µs',
      limit: 50,
    };
  });
  const mean = figures.reduce((sum, { value }) => sum + value, 0) / figures.length;
  return [...figures, { name: 'event to two payloads: mean', value: mean, unit: 'µs', limit: 50 }];
}

function payloads(text: string): readonly string[] {
  const parsed = parseEvent(JSON.parse(text));
  if (parsed.end !== 'event') throw new Error('not an event');
  const nowMs = parsed.event.timeMs + 1000;
  const mapping = mapEvent(parsed.event, nowMs, rules);
  if (mapping.end !== 'notify') throw new Error('no notification');
  const options = { nowMs, voipHub: true, defaultLocale: 'en' };
  return [iPhone, android].map((target) => buildPush(mapping.notification, target, options).body);
}
