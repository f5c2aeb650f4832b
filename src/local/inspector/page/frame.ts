import type { JournalEntry } from '../shared/journal-record.ts';
import { phoneHistory } from '../shared/phone-screen.ts';
import type { Derived } from './derive.ts';
import { byId, el, icon } from './dom.ts';
import { count } from './format.ts';
import type { PageState, Pane, Store } from './store.ts';

const connections = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, trying again',
} as const;

const storageKey = 'inspector-theme';
const names = { auto: 'System theme', light: 'Light theme', dark: 'Dark theme' } as const;
const order = ['auto', 'light', 'dark'] as const;

const panes: readonly (readonly [Pane, string])[] = [
  ['try', 'Try it'],
  ['stream', 'Events'],
  ['phone', 'Phone'],
  ['detail', 'Detail'],
];

/** So many lines are kept for who reads them again. */
const kept = 20;

/** The line at the top: whether the page is live, and how much it has seen. */
export function renderTopBar(state: PageState, { stories }: Derived): void {
  const connection = byId('connection');
  if (connection.textContent !== connections[state.connection]) {
    connection.textContent = connections[state.connection];
    connection.setAttribute('data-connection', state.connection);
  }
  const pushes = stories.flatMap((story) => story.pushes.map(({ push }) => push));
  const totals: readonly (readonly [string, number])[] = [
    ['event', stories.filter(({ deliveries }) => deliveries.length > 0).length],
    ['request', pushes.length + stories.reduce((sum, { refusals }) => sum + refusals.length, 0)],
    ['finding', pushes.reduce((sum, { findings }) => sum + findings.length, 0)],
  ];
  const text = totals.map(([, value]) => value).join();
  const list = byId('totals');
  if (list.getAttribute('data-totals') === text) return;
  list.setAttribute('data-totals', text);
  list.replaceChildren(
    ...totals.map(([name, value]) =>
      el('div', {}, el('dd', {}, count(value)), el('dt', {}, value === 1 ? name : `${name}s`)),
    ),
  );
}

type Theme = (typeof order)[number];

/** Makes the theme button go through system, light and dark, and remembers the choice. */
export function setUpTheme(): void {
  const button = byId('theme');
  const apply = (theme: Theme) => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
    button.replaceChildren(icon('sun'), el('span', {}, names[theme]));
  };
  let theme: Theme = order.find((name) => name === localStorage.getItem(storageKey)) ?? 'auto';
  apply(theme);
  button.addEventListener('click', () => {
    theme = order[(order.indexOf(theme) + 1) % order.length] ?? 'auto';
    localStorage.setItem(storageKey, theme);
    apply(theme);
  });
}

/** The bar at the foot of a narrow window, which shows one pane at a time. */
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

/** Says to who listens to the page what new pushes did on which phone. */
export function announce(log: HTMLElement, state: PageState, fresh: readonly JournalEntry[]): void {
  for (const device of state.server?.devices ?? []) {
    const handles = [device.handle, device.voipHandle ?? device.handle];
    const arrived = fresh.filter((entry) => entry.kind === 'arrival' && handles.includes(entry.handle));
    if (arrived.length === 0) continue;
    const moments = phoneHistory(state.entries, handles).slice(-arrived.length);
    for (const { effect } of moments) log.append(el('span', {}, `${device.deviceId}: ${effect.text} `));
  }
  while (log.childElementCount > kept) log.firstElementChild?.remove();
}
