import type { ShownPhone } from '../derive.ts';
import { el } from '../el.ts';
import { buildCall } from './build-call.ts';
import { buildNotices } from './build-notices.ts';
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
    ring === undefined ? buildShade(screen, locale, nowMs) : buildFullScreen(ring),
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
    buildNotices(notices, time),
  );
}

function buildFullScreen(ring: NonNullable<ShownScreen['ring']>): HTMLElement {
  const name = ring.callerName ?? 'Unknown caller';
  return buildCall(
    ring,
    el('span', { class: 'call-face', 'aria-hidden': 'true' }, name.slice(0, 1)),
    el('p', { class: 'call-name' }, name),
    el('p', { class: 'call-kind' }, 'Incoming call'),
  );
}
