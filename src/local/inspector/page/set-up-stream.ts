import { buildStory } from './build-story.ts';
import { byId } from './by-id.ts';
import type { Store } from './create-store.ts';
import type { Derived } from './derive.ts';
import { el } from './el.ts';
import { jsonOf } from './json-of.ts';
import { type Keyed, renderKeyed } from './render-keyed.ts';
import { sendAction } from './send-action.ts';
import { storyText } from './story-text.ts';

/** The list of events with their pushes. Arrow keys go from row to row. */
export function setUpStream(store: Store): (derived: Derived) => void {
  const list = byId('stories');
  const follow = byId('follow');
  follow.addEventListener('change', () => {
    if (!(follow instanceof HTMLInputElement)) return;
    store.set({ follow: follow.checked, deviceId: undefined, moment: 'now' });
  });
  byId('filter').addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) store.set({ filter: target.value.trim().toLowerCase() });
  });
  byId('clear').addEventListener('click', () => void sendAction('clear', {}));
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...list.querySelectorAll('button')];
    const index = rows.findIndex((row) => row.matches(':focus'));
    if (step === undefined || index < 0) return;
    event.preventDefault();
    rows[index + step]?.focus();
  });

  return (derived) => {
    const state = store.get();
    if (follow instanceof HTMLInputElement) follow.checked = state.follow;
    const { stories, story: selected, phones } = derived;
    const names = JSON.stringify(phones);
    const shown = stories
      .toReversed()
      .filter((story) => state.filter === '' || storyText(story, phones).includes(state.filter));
    const items = shown.map((story): Keyed => {
      const isSelected = story.key === selected?.key;
      const pushId = isSelected ? state.selection?.pushId : undefined;
      const overdue = (story.redeliveryAtMs ?? 0) > store.now();
      return {
        key: story.key,
        signature: [jsonOf(story), isSelected, state.follow ? '' : pushId, overdue, names].join(),
        build: () =>
          buildStory(store, story, phones, { isSelected, pushId: state.follow ? undefined : pushId }),
      };
    });
    renderKeyed(list, items.length > 0 ? items : [emptyRow(stories.length > 0)]);
  };
}

function emptyRow(isFiltered: boolean): Keyed {
  const text = isFiltered
    ? 'No event fits the filter.'
    : 'Nothing has come in yet. Raise an event with "Try it", or post one to the host.';
  return { key: 'empty', signature: text, build: () => el('li', { class: 'empty' }, text) };
}
