import { byId } from './by-id.ts';
import type { Derived } from './derive.ts';
import { el } from './el.ts';
import { count } from './format.ts';
import type { PageState } from './page-state.ts';

const connections = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, trying again',
} as const;

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
