import { el } from '../el.ts';
import { icon } from '../icon.ts';
import type { ShownScreen } from './screen-to-show.ts';

/** The notifications of a phone, newest first as the screen has them. `time` writes when each came. */
export function buildNotices(notices: ShownScreen['notices'], time: Intl.DateTimeFormat): HTMLElement {
  return el(
    'ul',
    { class: 'notices' },
    ...notices.map((notice) =>
      el(
        'li',
        { class: notice.isRinging ? 'notice is-ringing' : 'notice' },
        el(
          'span',
          { class: 'notice-app', 'aria-hidden': 'true' },
          icon(notice.callId === undefined ? 'chat' : 'call'),
        ),
        el('p', { class: 'notice-title' }, notice.title),
        el('p', { class: 'notice-body' }, notice.body),
        el('time', { class: 'notice-time' }, time.format(new Date(notice.atMs))),
        notice.replaced && el('span', { class: 'notice-mark', lang: 'en' }, 'replaced an earlier one'),
        notice.isRinging &&
          el(
            'span',
            { class: 'notice-mark', lang: 'en' },
            'time sensitive, rings for ',
            el('span', { 'data-until': notice.ringsUntilMs }),
          ),
      ),
    ),
  );
}
