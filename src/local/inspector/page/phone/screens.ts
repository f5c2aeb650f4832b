import type { ShownPhone } from '../derive.ts';
import { el, icon } from '../dom.ts';
import type { ShownScreen } from './shown-screen.ts';

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

/** The locale of a device if the browser supports it, otherwise English. */
function deviceLocale({ device }: ShownPhone): string {
  try {
    return Intl.getCanonicalLocales(device?.locale ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
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

/** `time` formats when each notification arrived. */
function buildNotices(notices: ShownScreen['notices'], time: Intl.DateTimeFormat): HTMLElement {
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

function buildCallKit(ring: NonNullable<ShownScreen['ring']>): HTMLElement {
  return buildCall(
    ring,
    el('p', { class: 'call-kind' }, 'Incoming call'),
    el('p', { class: 'call-name' }, ring.callerName ?? 'Unknown caller'),
  );
}

/** A full-screen call: the caller, the remaining ring time, and two buttons. */
function buildCall(ring: NonNullable<ShownScreen['ring']>, ...caller: readonly HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: ring.isOver ? 'call is-over' : 'call', lang: 'en' },
    ...caller,
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
