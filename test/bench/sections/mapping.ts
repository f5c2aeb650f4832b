import { parseEvent } from '../../../src/events/parse-event.ts';
import { buildPush } from '../../../src/notifications/build-push.ts';
import { mapEvent } from '../../../src/notifications/map-event.ts';
import type { PushTarget } from '../../../src/notifications/push-target.ts';
import { android, iPhone } from '../../support/notifications.ts';
import { alternate } from '../measure/alternate.ts';
import { type RecordedEvent, recordedEvents } from '../recorded-events.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

const rules = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;
const passes = 15;

/** C: the text of an event to the bytes of its payload, beside reading and writing the same event as JSON. */
export const mapping: Section = {
  letters: ['C'],
  title: 'An event to its payload',
  measure: async ({ rounds }) => {
    const events = recordedEvents();
    const cost = (work: (event: RecordedEvent) => unknown) => async () => cpuMicrosecondsEach(events, work);
    const { apns, fcm, json } = await alternate(
      {
        apns: cost((event) => payload(event, iPhone)),
        fcm: cost((event) => payload(event, android)),
        json: cost(({ text }) => JSON.stringify(JSON.parse(text))),
      },
      rounds * 12,
    );
    const mean = apns.map((value, round) => (value + (fcm[round] ?? Number.NaN)) / 2);
    const against = { section: 'C', unit: 'µs', rival: 'JSON.parse + JSON.stringify', theirs: json } as const;
    return [
      compare({
        ...against,
        name: 'event to payload',
        ours: mean,
        limit: { kind: 'at-most', bound: 4 },
      }),
      compare({ ...against, name: 'event to APNs payload', ours: apns }),
      compare({ ...against, name: 'event to FCM v1 payload', ours: fcm }),
    ];
  },
};

function payload({ text, timeMs }: RecordedEvent, target: PushTarget): Buffer {
  const parsed = parseEvent(JSON.parse(text));
  if (parsed.end !== 'event') throw new Error('not an event');
  const nowMs = timeMs + 1000;
  const mapped = mapEvent(parsed.event, nowMs, rules);
  if (mapped.end !== 'notify') throw new Error('no notification');
  const options = { nowMs, voipHub: true, defaultLocale: 'en' };
  return Buffer.from(buildPush(mapped.notification, target, options).body);
}

function cpuMicrosecondsEach(
  events: readonly RecordedEvent[],
  work: (event: RecordedEvent) => unknown,
): number {
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass += 1) for (const event of events) work(event);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (passes * events.length);
}
