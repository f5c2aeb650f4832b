import { expect, it } from 'vitest';
import { authLevels } from '../../../src/app/handle-http.ts';

const device = {
  DEVICE_API_ISSUER: 'i',
  DEVICE_API_AUDIENCE: 'a',
  DEVICE_API_JWKS_URL: 'https://login/keys',
  DEVICE_API_USER_CLAIM: 'c',
};
const events = { EVENTS_ENTRA_TENANT_ID: 't', EVENTS_ENTRA_AUDIENCE: 'a' };

it.each([
  ['nothing', {}, 'function', 'function'],
  ['the device group', device, 'anonymous', 'function'],
  ['the events group', events, 'function', 'anonymous'],
  ['both groups', { ...device, ...events }, 'anonymous', 'anonymous'],
  ['half a group beside a whole one', { ...events, DEVICE_API_ISSUER: 'i' }, 'function', 'function'],
])(
  'authLevels with %s requires a key wherever the relay does not check a token',
  (_, env, deviceApi, eventsLevel) => {
    expect(authLevels(env)).toEqual({ deviceApi, events: eventsLevel });
  },
);
