import { expect, it } from 'vitest';
import { eventSubscriptionSchema } from '../../../../src/cli/arm/event-grid.ts';

const destination = { endpointType: 'AzureFunction', resourceId: '/sites/relay/functions/relayCalls' };

it('applies the defaults of Event Grid to an event subscription without settings', () => {
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

it('reads the destinations of an event subscription that uses an identity', () => {
  const subscription = {
    id: '/s/relay-calls',
    name: 'relay-calls',
    deliveryWithResourceIdentity: { identity: { type: 'SystemAssigned' }, destination },
    deadLetterWithResourceIdentity: { identity: { type: 'SystemAssigned' } },
  };
  expect(eventSubscriptionSchema.parse(subscription)).toMatchObject({ destination, deadLetters: true });
});
