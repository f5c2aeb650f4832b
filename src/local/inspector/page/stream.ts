import { type PushContent, readPushContent } from '../shared/payload.ts';
import { type Story, type StoryPush, storyEnd } from '../shared/story.ts';
import { sendAction } from './connection.ts';
import { type Derived, deviceName, pushFate, type ShownPhone } from './derive.ts';
import { breakable, byId, el, icon, jsonOf, type Keyed, renderKeyed } from './dom.ts';
import { clockTime, shortType } from './format.ts';
import type { Store } from './store.ts';

/** The list of events with their pushes. Arrow keys move between rows. */
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

/** The text that the filter searches, in lower case. */
function storyText(story: Story, phones: readonly ShownPhone[]): string {
  const { word, reason = '' } = storyEnd(story);
  const pushes = story.pushes.map(({ push }) => {
    const { acs, style, platform } = readPushContent(push, push.atMs);
    return [acs?.kind, style, platform, push.status, push.hub, deviceName(push.handles, phones)].join(' ');
  });
  return [story.eventType, story.eventId, word, reason, ...pushes].join(' ').toLowerCase();
}

interface StorySelection {
  readonly isSelected: boolean;
  readonly pushId: string | undefined;
}

/** The row of an event, with one row per push below it. */
function buildStory(
  store: Store,
  story: Story,
  phones: readonly ShownPhone[],
  { isSelected, pushId }: StorySelection,
): HTMLElement {
  const end = storyEnd(story);
  const { key, deliveries, redeliveryAtMs } = story;
  const name = story.eventType === undefined ? nameless(story) : shortType(story.eventType);
  const row = el(
    'button',
    {
      type: 'button',
      class: 'row row-event',
      'data-focus': key,
      'aria-current': isSelected && pushId === undefined ? 'true' : undefined,
      click: () =>
        store.set({
          selection: { storyKey: key },
          follow: false,
          deviceId: undefined,
          moment: 'now',
          tab: 'timeline',
        }),
    },
    icon(groupOf(story)),
    el('span', { class: 'row-name' }, breakable(name)),
    el('time', { class: 'row-time' }, clockTime(story.startedAtMs).slice(0, 8)),
    el(
      'span',
      { class: 'row-why' },
      el('span', { class: `badge tone-${end.tone}` }, end.word),
      end.reason !== undefined && el('span', { class: 'row-reason' }, end.reason),
      deliveries.length > 1 && el('span', { class: 'row-reason' }, `${deliveries.length} deliveries`),
      redeliveryAtMs !== undefined &&
        el(
          'span',
          { class: 'row-reason' },
          'redelivery in ',
          el('span', { 'data-until': redeliveryAtMs, 'data-over': 'a moment' }),
        ),
    ),
  );
  const refusals = story.refusals.map((refusal) =>
    el('li', { class: 'row-refusal' }, `Hub refused it: ${refusal.status} ${refusal.detail}`),
  );
  const pushes = story.pushes.map((push) => buildPush(store, story, push, phones, pushId));
  const list = [...pushes, ...refusals];
  return el(
    'li',
    { class: isSelected ? 'story is-selected' : 'story' },
    row,
    list.length > 0 && el('ul', { class: 'pushes', 'aria-label': `Pushes of ${name}` }, ...list),
  );
}

function nameless({ deliveries, refusals }: Story): string {
  if (deliveries.length > 0) return 'Not an event';
  return refusals.length > 0 ? 'Refused request' : 'Request from another program';
}

function groupOf({ eventType = '', deliveries }: Story): 'call' | 'chat' | 'trouble' {
  if (/Call/.test(eventType)) return 'call';
  return eventType === '' && deliveries.length > 0 ? 'trouble' : 'chat';
}

function buildPush(
  store: Store,
  story: Story,
  storyPush: StoryPush,
  phones: readonly ShownPhone[],
  selectedId: string | undefined,
): HTMLElement {
  const { push } = storyPush;
  const content = readPushContent(push, push.atMs);
  const fate = pushFate(storyPush);
  const errors = push.findings.length;
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: 'row row-push',
        'data-focus': push.pushId,
        'aria-current': selectedId === push.pushId ? 'true' : undefined,
        click: () =>
          store.set({
            selection: { storyKey: story.key, pushId: push.pushId },
            follow: false,
            deviceId: undefined,
            moment: 'then',
            tab: store.get().tab === 'findings' ? 'findings' : 'request',
          }),
      },
      icon(content.platform === 'apns' ? 'apple' : 'android'),
      el('span', { class: 'row-name' }, deviceName(push.handles, phones)),
      el('span', { class: `badge style-${content.style}` }, styleName(content)),
      el(
        'span',
        { class: 'row-why' },
        el(
          'span',
          { class: `status tone-${fate.tone}` },
          push.status === 0 ? 'no answer' : String(push.status),
        ),
        el('span', { class: 'row-reason' }, `${content.acs?.kind ?? 'foreign payload'} · ${fate.text}`),
        errors > 0 &&
          el('span', { class: 'badge tone-warning' }, `${errors} ${errors === 1 ? 'finding' : 'findings'}`),
      ),
    ),
  );
}

/** The app shows an FCM data message only for a call. */
function styleName({ style, acs }: PushContent): string {
  if (style === 'voip') return 'VoIP';
  if (style === 'background') return 'silent';
  if (style === 'data') return acs?.kind === 'incoming-call' ? 'data' : 'silent data';
  return style;
}

function emptyRow(isFiltered: boolean): Keyed {
  const text = isFiltered
    ? 'No event matches the filter.'
    : 'No events yet. Raise one with "Try it", or post one to the host.';
  return { key: 'empty', signature: text, build: () => el('li', { class: 'empty' }, text) };
}
