import { el } from '../el.ts';
import { clockTime } from '../format.ts';
import { buildJson } from './build-json.ts';
import type { DetailSubject } from './detail-subject.ts';

/** The event as it was delivered, once for each different body. */
export function buildEvent({ story }: DetailSubject): HTMLElement {
  const bodies = new Map(story.deliveries.map(({ delivery }) => [JSON.stringify(delivery.event), delivery]));
  if (bodies.size === 0) {
    return el('p', { class: 'empty' }, 'No event came in: the request was sent by somebody else.');
  }
  return el(
    'div',
    {},
    ...[...bodies.values()].flatMap(({ event, functionName, atMs }) => [
      el('h3', {}, `To ${functionName}, ${clockTime(atMs)}`),
      buildJson(event, 'Event as delivered'),
    ]),
  );
}
