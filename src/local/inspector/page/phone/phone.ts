import type { Derived, ShownPhone } from '../derive.ts';
import { byId, el, type Keyed, renderKeyed } from '../dom.ts';
import type { Store } from '../store.ts';
import { buildAndroid, buildIphone } from './screens.ts';
import { phoneCaption, screenToShow } from './shown-screen.ts';

/** The phone pane: choice of device and moment, and the screen. */
export function setUpPhone(store: Store): (derived: Derived) => void {
  const view = byId('phone-view');
  return (derived) => {
    const { phones, phone, push } = derived;
    const { moment } = store.get();
    const shown = screenToShow(derived, moment, store.now());
    const minute = Math.floor(store.now() / 60_000);
    const items: Keyed[] = [
      {
        key: 'devices',
        signature: JSON.stringify([phones, phone?.deviceId]),
        build: () => buildSwitch(store, phones, phone),
      },
    ];
    if (push !== undefined) {
      items.push({ key: 'moment', signature: moment, build: () => buildMoment(store) });
    }
    if (phone === undefined) {
      items.push({
        key: 'none',
        signature: '',
        build: () => el('p', { class: 'empty' }, 'The sample user has no device. Add one under "Try it".'),
      });
    } else {
      const build = phone.platform === 'apns' ? buildIphone : buildAndroid;
      items.push({
        key: 'caption',
        signature: JSON.stringify(phoneCaption(derived, moment)),
        build: () => el('p', { class: 'phone-caption' }, phoneCaption(derived, moment)),
      });
      items.push({
        key: phone.deviceId,
        signature: JSON.stringify([shown, phone, minute]),
        build: () => build(shown, phone, store.now()),
      });
    }
    renderKeyed(view, items);
  };
}

function buildSwitch(
  store: Store,
  phones: readonly ShownPhone[],
  shown: ShownPhone | undefined,
): HTMLElement {
  return el(
    'div',
    { class: 'segments', role: 'group', 'aria-label': 'Device' },
    ...phones.map(({ deviceId, device }) =>
      el(
        'button',
        {
          type: 'button',
          'data-focus': `device ${deviceId}`,
          'aria-pressed': deviceId === shown?.deviceId ? 'true' : 'false',
          click: () => store.set({ deviceId }),
        },
        device?.online === false ? `${deviceId} (offline)` : deviceId,
      ),
    ),
  );
}

function buildMoment(store: Store): HTMLElement {
  const choice = (moment: 'then' | 'now', label: string) =>
    el(
      'button',
      {
        type: 'button',
        'data-focus': `moment ${moment}`,
        'aria-pressed': store.get().moment === moment ? 'true' : 'false',
        click: () => store.set({ moment }),
      },
      label,
    );
  return el(
    'div',
    { class: 'segments', role: 'group', 'aria-label': 'Moment' },
    choice('then', 'After this push'),
    choice('now', 'Now'),
  );
}
