import type { ShownPhone } from '../derive.ts';
import { el } from '../el.ts';
import { buildCall } from './build-call.ts';
import { buildNotices } from './build-notices.ts';
import { deviceLocale } from './device-locale.ts';
import type { ShownScreen } from './screen-to-show.ts';

/** An iPhone: the lock screen with its notifications, or an incoming call as CallKit shows it. */
export function buildIphone(screen: ShownScreen, phone: ShownPhone, nowMs: number): HTMLElement {
  const locale = deviceLocale(phone);
  const { ring } = screen;
  return el(
    'div',
    { class: 'phone phone-ios', role: 'region', 'aria-label': `Screen of ${phone.deviceId}`, lang: locale },
    el('div', { class: 'phone-status', 'aria-hidden': 'true' }, el('span', { class: 'island' })),
    ring === undefined ? buildLockScreen(screen, locale, nowMs) : buildCallKit(ring),
    el('span', { class: 'phone-locale', lang: 'en' }, `locale ${phone.device?.locale ?? 'default'}`),
  );
}

function buildLockScreen({ notices }: ShownScreen, locale: string, nowMs: number): HTMLElement {
  const now = new Date(nowMs);
  const date = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  return el(
    'div',
    { class: 'lock-screen' },
    el('p', { class: 'lock-date' }, date.format(now)),
    el('p', { class: 'lock-time' }, time.format(now).replace(/\s*[AP]M$/i, '')),
    buildNotices(notices, time),
  );
}

function buildCallKit(ring: NonNullable<ShownScreen['ring']>): HTMLElement {
  return buildCall(
    ring,
    el('p', { class: 'call-kind' }, 'Incoming call'),
    el('p', { class: 'call-name' }, ring.callerName ?? 'Unknown caller'),
  );
}
