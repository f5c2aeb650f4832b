import { expect, it } from 'vitest';
import type { EventSubscription } from '../../../../../src/cli/arm/event-grid.ts';
import { checkEventSubscriptions } from '../../../../../src/cli/doctor/checks/event-subscriptions.ts';
import { callSubscription } from '../../../../support/arm/call-subscription.ts';

const acs = { id: '/s/clinic-acs', subscriptionId: 's', resourceGroup: 'clinic', name: 'clinic-acs' };
const app = '/subscriptions/s/resourceGroups/clinic/providers/Microsoft.Web/sites/relay';
const webhook = { endpointType: 'WebHook', endpointBaseUrl: 'https://relay.azurewebsites.net/api/events' };
const toFunction = (resourceId: string) => ({ endpointType: 'AzureFunction', resourceId });
const none = 'No event subscription delivers calls to relayCalls (1 in total).';
const right = 'It delivers to relayCalls, up to 30 times within 1440 minutes, with dead-lettering.';

it.each<[string, Partial<EventSubscription>, string]>([
  ['a Function', { destination: toFunction(`${app}/functions/relayCalls`) }, right],
  [
    'a Function, spelled in small letters',
    { destination: toFunction(`${app}/functions/relaycalls`.toLowerCase()) },
    right,
  ],
  ['a Function of a slot', { destination: toFunction(`${app}/slots/staging/functions/relayCalls`) }, none],
  ['a Function of another app', { destination: toFunction(`${app}-2/functions/relayCalls`) }, none],
  ['a webhook', { destination: webhook }, right],
  [
    'a webhook with every type',
    { destination: webhook, eventTypes: undefined },
    'It includes every event type.',
  ],
  [
    'a webhook of something else',
    { destination: { ...webhook, endpointBaseUrl: 'https://a.example/events' } },
    none,
  ],
])('calls that are delivered to %s', async (_what, change, why) => {
  const [finding] = await checkEventSubscriptions(
    { acs, appId: app, storageId: '<storage>' },
    { eventSubscriptions: async () => ({ kind: 'found', value: [{ ...callSubscription, ...change }] }) },
  );
  expect(finding).toMatchObject({ check: 'call-events', why });
});
