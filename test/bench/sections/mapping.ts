import { android, iPhone } from '../../support/notifications.ts';
import { alternate } from '../measure/alternate.ts';
import { type RecordedEvent, recordedEvents } from '../recorded-events.ts';
import { eventPayload } from '../relay/event-payload.ts';
import { compare } from './compare.ts';
import type { Section } from './section.ts';

const passes = 15;

/** C: the text of an event to the bytes of its payload, compared with parsing and serializing the same event. */
export const mapping: Section = {
  letters: ['C'],
  title: 'An event to its payload',
  measure: async ({ rounds }) => {
    const events = recordedEvents();
    const cost = (work: (event: RecordedEvent) => unknown) => async () => cpuMicrosecondsEach(events, work);
    const { apns, fcm, json } = await alternate(
      {
        apns: cost((event) => eventPayload(event.text, event.timeMs + 1000, iPhone)),
        fcm: cost((event) => eventPayload(event.text, event.timeMs + 1000, android)),
        json: cost(({ text }) => JSON.stringify(JSON.parse(text))),
      },
      rounds * 12,
      40,
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

function cpuMicrosecondsEach(
  events: readonly RecordedEvent[],
  work: (event: RecordedEvent) => unknown,
): number {
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass += 1) for (const event of events) work(event);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (passes * events.length);
}
