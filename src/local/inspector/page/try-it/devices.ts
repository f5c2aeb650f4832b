import type { InspectorState, ShownDevice } from '../../shared/inspector-state.ts';
import { sendAction } from '../connection.ts';
import { byId, el, icon, type Keyed, renderKeyed } from '../dom.ts';
import type { Store } from '../store.ts';

type Send = (name: string, body: object) => Promise<void>;

/** The devices of the sample user: locale, VoIP, network, removal, and a form for a new one. */
export function setUpDevices(_store: Store): (server: InspectorState) => void {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const list = el('ul', { class: 'devices' });
  const send: Send = async (name, body) => {
    problem.textContent = (await sendAction(name, body)) ?? '';
  };
  byId('try-devices').append(el('h3', {}, 'Devices'), list, buildForm(send), problem);
  return ({ devices }) => {
    const items = devices.map(
      (device): Keyed => ({
        key: device.deviceId,
        signature: JSON.stringify(device),
        build: () => buildDevice(device, send),
      }),
    );
    renderKeyed(list, items);
  };
}

function buildForm(send: Send): HTMLElement {
  const name = el('input', {
    class: 'text-field',
    id: 'new-device',
    required: true,
    maxlength: 128,
    pattern: '[A-Za-z0-9._:\\-]+',
    autocomplete: 'off',
    placeholder: 'my-phone',
  });
  const platform = el(
    'select',
    { class: 'text-field', 'aria-label': 'Platform of the new device' },
    el('option', { value: 'apns' }, 'iPhone'),
    el('option', { value: 'fcmv1' }, 'Android'),
  );
  const locale = localeSelect('', 'Locale of the new device');
  const form = el(
    'form',
    { class: 'new-device' },
    el('label', { for: 'new-device' }, 'New device'),
    name,
    platform,
    locale,
    el('button', { type: 'submit', class: 'button' }, 'Add'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const isApple = platform.value === 'apns';
    await send('device', {
      deviceId: name.value,
      platform: platform.value,
      locale: locale.value,
      voip: isApple,
    });
    name.value = '';
  });
  return form;
}

const locales = ['', 'en', 'sv', 'nl', 'fr', 'es', 'zh-Hans'];

function localeSelect(value: string, label: string): HTMLSelectElement {
  const known = locales.includes(value) ? locales : [...locales, value];
  const select = el(
    'select',
    { class: 'text-field', 'aria-label': label },
    ...known.map((locale) => el('option', { value: locale }, locale === '' ? 'default' : locale)),
  );
  select.value = value;
  return select;
}

function buildDevice(device: ShownDevice, send: Send): HTMLElement {
  const { deviceId, platform, locale = '', voipHandle, online, waiting } = device;
  const change = (part: object) =>
    void send('device', { deviceId, platform, locale, voip: voipHandle !== undefined, ...part });
  const select = localeSelect(locale, `Locale of ${deviceId}`);
  select.setAttribute('data-focus', `locale ${deviceId}`);
  select.addEventListener('change', () => change({ locale: select.value }));
  return el(
    'li',
    { class: 'device' },
    el(
      'p',
      { class: 'device-name' },
      icon(platform === 'apns' ? 'apple' : 'android'),
      deviceId,
      waiting > 0 && el('span', { class: 'badge tone-warning' }, `${waiting} waiting`),
    ),
    el(
      'div',
      { class: 'device-controls' },
      select,
      platform === 'apns' &&
        toggle('VoIP', deviceId, voipHandle !== undefined, (checked) => change({ voip: checked })),
      toggle('Online', deviceId, online, (checked) => void send('phone', { deviceId, online: checked })),
      el(
        'button',
        {
          type: 'button',
          class: 'quiet-button',
          'aria-label': `Remove ${deviceId}`,
          click: () => void send('device-removal', { deviceId }),
        },
        'Remove',
      ),
    ),
  );
}

function toggle(
  label: string,
  deviceId: string,
  checked: boolean,
  onChange: (checked: boolean) => void,
): HTMLElement {
  const input = el('input', {
    type: 'checkbox',
    checked,
    'data-focus': `${label} ${deviceId}`,
    'aria-label': `${label}, ${deviceId}`,
  });
  input.addEventListener('change', () => onChange(input.checked));
  return el('label', { class: 'switch' }, input, label);
}
