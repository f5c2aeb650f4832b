import { describe, expect, it } from 'vitest';
import { hubNames, isSameHub } from '../../../../src/cli/arm/hub-resource.ts';

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

describe('hubNames', () => {
  it('takes the names of a hub in Azure from its resource id', () => {
    const hub = {
      id: '',
      subscriptionId: 's',
      resourceGroup: 'clinic (eu)',
      namespace: 'clinic-push',
      name: 'alert',
    };
    expect(hubNames(hub)).toBe(
      "--resource-group 'clinic (eu)' --namespace-name clinic-push --notification-hub-name alert",
    );
  });

  it('lets the Azure CLI find the resource group of a hub in the settings', () => {
    const connection = { endpoint: 'https://clinic-push.servicebus.windows.net', keyName: 'k', key: 'k' };
    expect(hubNames({ connection, hubName: 'alert' })).toBe(
      `--resource-group "$(az notification-hub namespace list --query "[?name=='clinic-push'].resourceGroup" --output tsv)" --namespace-name clinic-push --notification-hub-name alert`,
    );
  });
});
