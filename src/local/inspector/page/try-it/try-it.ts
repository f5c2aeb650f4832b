import type { ShownDeadLetter } from '../../shared/inspector-state.ts';
import type { Derived } from '../derive.ts';
import { byId, el, type Keyed, renderKeyed } from '../dom.ts';
import { shortType } from '../format.ts';
import type { Store } from '../store.ts';
import { setUpDevices } from './devices.ts';
import { setUpFaults } from './faults.ts';
import { buildRaise } from './raise.ts';

/** The controls: events, faults and devices, and the resulting dead letters. */
export function setUpTryIt(store: Store): (derived: Derived) => void {
  const renderFaults = setUpFaults(store);
  const renderDevices = setUpDevices(store);
  return () => {
    const { server, envelope } = store.get();
    if (server === undefined) return;
    const raise: Keyed = {
      key: 'raise',
      signature: JSON.stringify([server.scenarios, envelope]),
      build: () => buildRaise(store, server),
    };
    renderKeyed(byId('try-events'), [raise]);
    renderFaults(server);
    renderDevices(server);
    const letters: Keyed = {
      key: 'letters',
      signature: JSON.stringify(server.deadLetters),
      build: () => buildLetters(server.deadLetters),
    };
    renderKeyed(byId('try-letters'), [letters]);
  };
}

function buildLetters(letters: readonly ShownDeadLetter[]): HTMLElement {
  return el(
    'div',
    {},
    el('h3', {}, `Dead letters (${letters.length})`),
    letters.length === 0
      ? el('p', { class: 'hint' }, 'No event has been dead-lettered.')
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
                el('summary', {}, 'Cause and fix'),
                el('p', {}, message),
                el('code', {}, name),
              ),
            ),
          ),
        ),
  );
}
