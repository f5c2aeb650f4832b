import { byId, el } from './dom.ts';
import type { Pane, Store } from './store.ts';

const panes: readonly (readonly [Pane, string])[] = [
  ['try', 'Try it'],
  ['stream', 'Events'],
  ['phone', 'Phone'],
  ['detail', 'Detail'],
];

/** The bar at the bottom of a narrow window, which shows one pane at a time. */
export function setUpPanes(store: Store): () => void {
  const buttons = panes.map(([pane, label]) => {
    const button = el(
      'button',
      {
        type: 'button',
        click: () => {
          store.set({ pane });
          byId(pane).focus({ preventScroll: true });
        },
      },
      label,
    );
    return { pane, button };
  });
  byId('pane-nav').append(...buttons.map(({ button }) => button));
  return () => {
    const { pane: shown } = store.get();
    document.body.setAttribute('data-pane', shown);
    for (const { pane, button } of buttons) {
      if (pane === shown) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  };
}
