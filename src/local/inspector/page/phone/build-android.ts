import type { ShownPhone } from '../derive.ts';
import { el } from '../el.ts';
import { icon } from '../icon.ts';
import { deviceLocale } from './device-locale.ts';
import type { ShownScreen } from './screen-to-show.ts';

/** An Android phone: the notification shade, or a call in full screen. */
export function buildAndroid(screen: ShownScreen, phone: ShownPhone, nowMs: number): HTMLElement {
  const locale = deviceLocale(phone);
  const { ring } = screen;
  return el(
    'div',
    {
      class: 'phone phone-android',
      role: 'region',
      'aria-label': `Screen of ${phone.deviceId}`,
      lang: locale,
    },
    el('div', { class: 'phone-status', 'aria-hidden': 'true' }, el('span', { class: 'camera' })),
    ring === undefined ? buildShade(screen, locale, nowMs) : buildCall(ring),
    el('span', { class: 'phone-locale', lang: 'en' }, `locale ${phone.device?.locale ?? 'default'}`),
  );
}

function buildShade({ notices }: ShownScreen, locale: string, nowMs: number): HTMLElement {
  const now = new Date(nowMs);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  const date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  return el(
    'div',
    { class: 'shade' },
    el('p', { class: 'shade-time' }, time.format(now), el('span', { class: 'shade-date' }, date.format(now))),
    el(
      'div',
      { class: 'shade-tiles', 'aria-hidden': 'true' },
      ...Array.from({ length: 4 }, () => el('span', { class: 'shade-tile' })),
    ),
    el(
      'ul',
      { class: 'notices' },
      ...notices.map((notice) =>
        el(
          'li',
          { class: 'notice' },
          el(
            'span',
            { class: 'notice-app', 'aria-hidden': 'true' },
            icon(notice.callId === undefined ? 'chat' : 'call'),
          ),
          el('p', { class: 'notice-title' }, notice.title),
          el('p', { class: 'notice-body' }, notice.body),
          el('time', { class: 'notice-time' }, time.format(new Date(notice.atMs))),
          notice.replaced && el('span', { class: 'notice-mark', lang: 'en' }, 'replaced an earlier one'),
        ),
      ),
    ),
  );
}

function buildCall(ring: NonNullable<ShownScreen['ring']>): HTMLElement {
  const name = ring.callerName ?? 'Unknown caller';
  return el(
    'div',
    { class: ring.isOver ? 'call is-over' : 'call', lang: 'en' },
    el('span', { class: 'call-face', 'aria-hidden': 'true' }, name.slice(0, 1)),
    el('p', { class: 'call-name' }, name),
    el('p', { class: 'call-kind' }, 'Incoming call'),
    el(
      'p',
      { class: 'call-left' },
      ring.isOver ? '' : 'rings for ',
      el('span', { class: 'countdown', 'data-until': ring.untilMs, 'data-over': 'The ring is over' }),
    ),
    el(
      'div',
      { class: 'call-buttons', 'aria-hidden': 'true' },
      el('span', { class: 'call-button is-decline' }, icon('hangUp')),
      el('span', { class: 'call-button is-accept' }, icon('call')),
    ),
  );
}
