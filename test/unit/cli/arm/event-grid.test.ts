import { expect, it } from 'vitest';
import { eventSubscriptionSchema } from '../../../../src/cli/arm/event-grid.ts';

const destination = { endpointType: 'AzureFunction', resourceId: '/sites/relay/functions/relayCalls' };

it('an event subscription that says nothing has what Event Grid takes then', () => {
  expect(eventSubscriptionSchema.parse({ id: '/s/relay-calls', name: 'relay-calls' })).toEqual({
    id: '/s/relay-calls',
    name: 'relay-calls',
    provisioningState: 'Succeeded',
    destination: {},
    filter: {},
    eventTypes: undefined,
    maxDeliveryAttempts: 30,
    ttlMinutes: 1440,
    deadLetters: false,
  });
});

it('an event subscription that delivers and dead-letters with an identity has both', () => {
  const subscription = {
    id: '/s/relay-calls',
    name: 'relay-calls',
    deliveryWithResourceIdentity: { identity: { type: 'SystemAssigned' }, destination },
    deadLetterWithResourceIdentity: { identity: { type: 'SystemAssigned' } },
  };
  expect(eventSubscriptionSchema.parse(subscription)).toMatchObject({ destination, deadLetters: true });
});
