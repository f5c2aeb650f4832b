import { expect, it } from 'vitest';
import { requireDelivered } from '../../../src/app/handle-events.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';

const identity = { source: '/s', id: 'e', type: 'T' };
const done: readonly EventReport[] = [
  { end: 'pushed', identity, pushes: [], settled: true },
  { end: 'skipped', identity, reason: 'no-devices' },
  { end: 'ignored', identity, reason: 'foreign' },
  { end: 'poison', error: new RelayError({ code: 'EVENT_NOT_JSON', class: 'user', message: 'x' }) },
];

it('is content with whatever is done', () => {
  expect(() => requireDelivered(done)).not.toThrow();
  expect(() => requireDelivered([])).not.toThrow();
});

it.each<EventReport>([
  { end: 'pushed', identity, pushes: [], settled: false },
  { end: 'deferred', identity, reason: 'busy' },
])('asks Event Grid to come back for $end', (open) => {
  expect(() => requireDelivered([...done, open])).toThrow(
    expect.objectContaining({
      code: 'DELIVERY_INCOMPLETE',
      class: 'provider',
      message:
        '1 of 5 events are not delivered to every device yet. Event Grid delivers them again, and what is done is not repeated.',
    }),
  );
});
