import { byId } from '../by-id.ts';
import type { Store } from '../create-store.ts';
import type { Derived } from '../derive.ts';
import { type Keyed, renderKeyed } from '../render-keyed.ts';
import { buildLetters } from './build-letters.ts';
import { buildRaise } from './build-raise.ts';
import { setUpDevices } from './set-up-devices.ts';
import { setUpFaults } from './set-up-faults.ts';

/** The controls: events to raise, faults, devices; and the dead letters that come of them. */
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
