import type { EventSubscription } from '../../../src/cli/arm/event-grid.ts';

/** The event subscription for calls as the relay needs it, but for where it delivers. */
export const callSubscription: EventSubscription = {
  id: '/s/relay-calls',
  name: 'relay-calls',
  provisioningState: 'Succeeded',
  destination: {},
  filter: {},
  eventTypes: [
    'Microsoft.Communication.IncomingCall',
    'Microsoft.Communication.CallParticipantAdded',
    'Microsoft.Communication.CallEnded',
  ],
  maxDeliveryAttempts: 30,
  ttlMinutes: 1440,
  deadLetters: true,
};
