import { expect, it } from 'vitest';
import { isSameHub } from '../../../../src/cli/arm/hub-resource.ts';

const resource = { id: '', subscriptionId: '', resourceGroup: '', namespace: 'Clinic-Push', name: 'Alert' };

it.each([
  ['https://clinic-push.servicebus.windows.net', 'alert', true],
  ['https://clinic-push.servicebus.windows.net', 'voip', false],
  ['https://ward-push.servicebus.windows.net', 'alert', false],
  ['http://127.0.0.1:7080', 'alert', true],
  ['http://127.0.0.1:7080', 'voip', false],
])('compares namespace and name: %s %s', (endpoint, hubName, same) => {
  expect(isSameHub({ connection: { endpoint, keyName: 'k', key: 'k' }, hubName }, resource)).toBe(same);
});
