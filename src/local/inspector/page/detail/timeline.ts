import { type Delivery, storyEnd } from '../../shared/story.ts';
import { type TimelineBar, timelineOf } from '../../shared/timeline.ts';
import type { DetailSubject } from '../derive.ts';
import { el } from '../dom.ts';
import { clockTime, duration } from '../format.ts';

/** The steps of the relay in each delivery of the event. */
export function buildTimeline({ story }: DetailSubject): HTMLElement {
  const { word, reason } = storyEnd(story);
  return el(
    'div',
    { class: 'timelines' },
    el('p', { class: 'why' }, el('strong', {}, word), reason === undefined ? '' : `: ${reason}`),
    ...story.deliveries.map((delivery, index) => buildDelivery(delivery, index + 1)),
    story.redeliveryAtMs !== undefined &&
      el(
        'p',
        { class: 'muted' },
        `Event Grid redelivers the event at ${clockTime(story.redeliveryAtMs)}, in `,
        el('span', { 'data-until': story.redeliveryAtMs, 'data-over': 'a moment' }),
        '.',
      ),
    story.givenUp &&
      el('p', { class: 'muted' }, 'Event Grid gave up; in Azure it would now dead-letter the event.'),
  );
}

function buildDelivery(delivery: Delivery, number: number): HTMLElement {
  const { bars, totalMs } = timelineOf(delivery);
  const { functionName, atMs } = delivery.delivery;
  const caption = `Delivery ${number} to ${functionName}, ${clockTime(atMs)}`;
  if (delivery.spans.length === 0) {
    const { answer } = delivery;
    return el(
      'p',
      {},
      `${caption}. `,
      answer === undefined ? 'Running.' : `Answered ${answer.status}; the app reported no spans.`,
    );
  }
  return el(
    'table',
    { class: 'timeline' },
    el('caption', {}, caption),
    el(
      'thead',
      {},
      el('tr', {}, ...['Step', 'Time', 'Took'].map((name) => el('th', { scope: 'col' }, name))),
    ),
    el('tbody', {}, ...bars.map((bar) => buildBar(bar, totalMs))),
  );
}

function buildBar(bar: TimelineBar, totalMs: number): HTMLElement {
  const { label, detail, depth, startMs, durationMs, tone } = bar;
  const fill = el('span', { class: `bar tone-${tone}` });
  fill.style.setProperty('left', `${(100 * startMs) / totalMs}%`);
  fill.style.setProperty('width', `${(100 * (durationMs ?? totalMs - startMs)) / totalMs}%`);
  const first = el(
    'th',
    { scope: 'row', class: `depth-${depth}` },
    el('span', { class: 'bar-label' }, label),
    detail !== '' && el('span', { class: 'bar-detail' }, detail),
  );
  return el(
    'tr',
    {},
    first,
    el(
      'td',
      { class: 'bar-cell' },
      el('span', { class: 'visually-hidden' }, `after ${duration(startMs)}`),
      el('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill),
    ),
    el(
      'td',
      { class: 'bar-took' },
      durationMs === undefined ? 'runs' : durationMs === 0 ? '' : duration(durationMs),
    ),
  );
}
