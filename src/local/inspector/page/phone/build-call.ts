import { el } from '../el.ts';
import { icon } from '../icon.ts';
import type { ShownScreen } from './screen-to-show.ts';

/** A call in full screen: what the platform shows of the caller, how long it rings, and its two buttons. */
export function buildCall(
  ring: NonNullable<ShownScreen['ring']>,
  ...caller: readonly HTMLElement[]
): HTMLElement {
  return el(
    'div',
    { class: ring.isOver ? 'call is-over' : 'call', lang: 'en' },
    ...caller,
    el(
      'p',
      { class: 'call-left' },
      ring.isOver ? '' : 'rings for ',
      el('span', { class: 'countdown', 'data-until': ring.untilMs, 'data-over': 'The ring is over' }),
    ),
    el(
      'div',
      { class: 'call-buttons', 'aria-hidden': 'true' },
      el('span', { class: 'call-button is-decline' }, icon('hangUp')),
      el('span', { class: 'call-button is-accept' }, icon('call')),
    ),
  );
}
