import { type PushContent, readPushContent } from '../shared/push-content.ts';
import type { Story, StoryPush } from '../shared/story.ts';
import { storyEnd } from '../shared/story-end.ts';
import { breakable } from './breakable.ts';
import type { Store } from './create-store.ts';
import type { ShownPhone } from './derive.ts';
import { deviceName } from './device-name.ts';
import { el } from './el.ts';
import { clockTime, shortType } from './format.ts';
import { icon } from './icon.ts';
import { pushFate } from './push-fate.ts';

/** What of a story is selected. */
export interface StorySelection {
  readonly isSelected: boolean;
  readonly pushId: string | undefined;
}

/** The row of an event, and below it one for each push. */
export function buildStory(
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
          'comes back in ',
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

/** A data message of FCM says nothing about itself: only a call makes the app show something. */
function styleName({ style, acs }: PushContent): string {
  if (style === 'voip') return 'VoIP';
  if (style === 'background') return 'silent';
  if (style === 'data') return acs?.kind === 'incoming-call' ? 'data' : 'silent data';
  return style;
}

function groupOf({ eventType = '', deliveries }: Story): 'call' | 'chat' | 'trouble' {
  if (/Call/.test(eventType)) return 'call';
  return eventType === '' && deliveries.length > 0 ? 'trouble' : 'chat';
}

function nameless({ deliveries, refusals }: Story): string {
  if (deliveries.length > 0) return 'Not an event';
  return refusals.length > 0 ? 'Refused request' : 'Request of somebody else';
}
