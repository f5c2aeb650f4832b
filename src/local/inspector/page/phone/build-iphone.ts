import type { ShownPhone } from '../derive.ts';
import { el } from '../el.ts';
import { icon } from '../icon.ts';
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
    ring === undefined ? buildLockScreen(screen, locale, nowMs) : buildCall(ring),
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
    el(
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
    ),
  );
}

function buildCall(ring: NonNullable<ShownScreen['ring']>): HTMLElement {
  return el(
    'div',
    { class: ring.isOver ? 'call is-over' : 'call', lang: 'en' },
    el('p', { class: 'call-kind' }, 'Incoming call'),
    el('p', { class: 'call-name' }, ring.callerName ?? 'Unknown caller'),
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
