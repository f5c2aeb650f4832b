import { byId } from './by-id.ts';
import { el } from './el.ts';
import { icon } from './icon.ts';

const storageKey = 'inspector-theme';
const names = { auto: 'System theme', light: 'Light theme', dark: 'Dark theme' } as const;
const order = ['auto', 'light', 'dark'] as const;

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
