import type { ShownDeadLetter } from '../../shared/inspector-state.ts';
import { el } from '../el.ts';
import { shortType } from '../format.ts';

/** The newest dead letters. */
export function buildLetters(letters: readonly ShownDeadLetter[]): HTMLElement {
  return el(
    'div',
    {},
    el('h3', {}, `Dead letters (${letters.length})`),
    letters.length === 0
      ? el('p', { class: 'hint' }, 'None: nothing was put aside.')
      : el(
          'ul',
          { class: 'letters' },
          ...letters.map(({ reason, message, eventType, name }) =>
            el(
              'li',
              {},
              el('span', { class: 'badge tone-bad' }, reason),
              el('strong', {}, eventType === '' ? 'Not an event' : shortType(eventType)),
              el(
                'details',
                {},
                el('summary', {}, 'Why, and how to mend it'),
                el('p', {}, message),
                el('code', {}, name),
              ),
            ),
          ),
        ),
  );
}
