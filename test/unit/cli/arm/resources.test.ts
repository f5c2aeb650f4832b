import { describe, expect, it } from 'vitest';
import { parseAcsResource } from '../../../../src/cli/arm/communication.ts';
import { parseHubResource } from '../../../../src/cli/arm/hub-resource.ts';

const acs =
  '/subscriptions/5b0c1f2e/resourcegroups/clinic.eu_(1)/providers/microsoft.communication/CommunicationServices/clinic-acs';
const hub =
  '/subscriptions/5b0c1f2e/resourceGroups/clinic/providers/Microsoft.NotificationHubs/namespaces/clinic-push/notificationHubs/clinic.alert';

describe('parseAcsResource', () => {
  it('parses an id in any case', () => {
    expect(parseAcsResource(` ${acs}/ `)).toEqual({
      id: acs,
      subscriptionId: '5b0c1f2e',
      resourceGroup: 'clinic.eu_(1)',
      name: 'clinic-acs',
    });
  });

  it.each(['', 'clinic-acs', `${acs}/x`, `x${acs}`, hub, `${acs}?a=b`])(
    'returns undefined for %j, which is no ACS resource',
    (text) => {
      expect(parseAcsResource(text)).toBeUndefined();
    },
  );
});

describe('parseHubResource', () => {
  it('parses an id', () => {
    expect(parseHubResource(`${hub}/`)).toEqual({
      id: hub,
      subscriptionId: '5b0c1f2e',
      resourceGroup: 'clinic',
      namespace: 'clinic-push',
      name: 'clinic.alert',
    });
  });

  it.each(['', 'clinic-alert', acs, `${hub} x`, hub.replace('/notificationHubs/clinic.alert', '')])(
    'rejects %j',
    (text) => {
      expect(parseHubResource(text)).toBeUndefined();
    },
  );
});
