import type { Derived } from './derive.ts';
import { byId, el, icon } from './dom.ts';
import { count } from './format.ts';
import type { PageState } from './store.ts';

const connections = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, reconnecting',
} as const;

/** Shows whether the page is live, and its totals. */
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

const themeKey = 'inspector-theme';
const themeNames = { auto: 'System theme', light: 'Light theme', dark: 'Dark theme' } as const;
const themes = ['auto', 'light', 'dark'] as const;

type Theme = (typeof themes)[number];

/** The theme button cycles through system, light and dark. The choice is stored. */
export function setUpTheme(): void {
  const button = byId('theme');
  const apply = (theme: Theme) => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
    button.replaceChildren(icon('sun'), el('span', {}, themeNames[theme]));
  };
  let theme: Theme = themes.find((name) => name === localStorage.getItem(themeKey)) ?? 'auto';
  apply(theme);
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
    localStorage.setItem(themeKey, theme);
    apply(theme);
  });
}
