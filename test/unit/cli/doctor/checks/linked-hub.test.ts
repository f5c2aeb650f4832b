import { expect, it } from 'vitest';
import { checkLinkedHub } from '../../../../../src/cli/doctor/checks/linked-hub.ts';

const group = (subscription: string) => `/subscriptions/${subscription}/resourceGroups/clinic/providers`;
const acs = {
  id: `${group('5b0c1f2e-aaaa')}/Microsoft.Communication/communicationServices/clinic-acs`,
  subscriptionId: '5b0c1f2e-aaaa',
  resourceGroup: 'clinic',
  name: 'clinic-acs',
};

it.each([
  ['5B0C1F2E-AAAA', 'ok', 'Hub alert in namespace clinic-push is linked and exists.'],
  ['5b0c1f2e-bbbb', 'wrong', 'The linked hub alert is in a different subscription from the ACS resource.'],
])('a linked hub of the subscription %s is %s', async (subscription, kind, why) => {
  const notificationHubId = `${group(subscription)}/Microsoft.NotificationHubs/namespaces/clinic-push/notificationHubs/alert`;
  const { finding } = await checkLinkedHub(acs, true, {
    communicationService: async () => ({ kind: 'found', value: { notificationHubId } }),
    hub: async (hub) => ({ kind: 'found', value: hub }),
  });
  expect(finding).toMatchObject({ kind, check: 'linked-hub', about: 'clinic-acs', why });
});
