import { expect, it } from 'vitest';
import { parseEvents } from '../../../src/events/parse-events.ts';
import { cloudEvent, eventGridEvent } from '../../support/events.ts';

it('reads one event, or an array of events, each judged by itself', () => {
  const ends = (body: unknown) => parseEvents(body).map(({ end }) => end);
  const ended = { correlationId: 'c' };
  expect(ends(cloudEvent('CallEnded', ended))).toEqual(['event']);
  expect(ends([eventGridEvent('CallEnded', ended), 7, cloudEvent('CallStarted', {})])).toEqual([
    'event',
    'poison',
    'ignored',
  ]);
  expect(ends([])).toEqual([]);
});
