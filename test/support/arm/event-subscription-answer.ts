import { clinic } from './clinic.ts';

const type = (name: string) => `Microsoft.Communication.${name}`;

/** The types that the relay's subscription for calls has. */
export const callTypes = ['IncomingCall', 'CallParticipantAdded', 'CallEnded'].map(type);

/** The types that the relay's subscription for chat has. */
export const chatTypes = [
  'ChatMessageReceived',
  'ChatMessageEdited',
  'ChatMessageDeleted',
  'ChatThreadCreatedWithUser',
  'ChatThreadWithUserDeleted',
  'ChatThreadPropertiesUpdatedPerUser',
  'ChatParticipantAddedToThreadWithUser',
  'ChatParticipantRemovedFromThreadWithUser',
].map(type);

/** What a test changes of a subscription. */
export interface SubscriptionChange {
  readonly name?: string;
  readonly functionName?: string;
  readonly app?: string;
  readonly eventTypes?: readonly string[] | null;
  readonly maxDeliveryAttempts?: number;
  readonly ttlMinutes?: number;
  readonly maxEventsPerBatch?: number;
  readonly deadLetters?: boolean;
  readonly provisioningState?: string;
}

/** An event subscription in the form of "Event Subscriptions - Get" of the Event Grid reference. */
export function subscriptionAnswer(change: SubscriptionChange) {
  const { name = 'relay-calls', functionName = 'relayCalls', app = clinic.app } = change;
  const {
    eventTypes = callTypes,
    maxDeliveryAttempts = 30,
    ttlMinutes = 1440,
    maxEventsPerBatch = 1,
  } = change;
  const deadLetterDestination = {
    endpointType: 'StorageBlob',
    properties: { resourceId: clinic.storage, blobContainerName: 'dead-letters' },
  };
  return {
    id: `${clinic.acs}/providers/Microsoft.EventGrid/eventSubscriptions/${name}`,
    name,
    type: 'Microsoft.EventGrid/eventSubscriptions',
    properties: {
      topic: clinic.acs.toLowerCase(),
      provisioningState: change.provisioningState ?? 'Succeeded',
      destination: {
        endpointType: 'AzureFunction',
        properties: {
          resourceId: `${app}/functions/${functionName}`,
          maxEventsPerBatch,
          preferredBatchSizeInKilobytes: 64,
        },
      },
      filter: { includedEventTypes: eventTypes, enableAdvancedFilteringOnArrays: true },
      labels: [],
      eventDeliverySchema: 'EventGridSchema',
      retryPolicy: { maxDeliveryAttempts, eventTimeToLiveInMinutes: ttlMinutes },
      ...(change.deadLetters === false ? {} : { deadLetterDestination }),
    },
  };
}

/** The relay's subscription for calls, as it should be but for the change. */
export const callSubscription = (change: SubscriptionChange = {}) => subscriptionAnswer(change);

/** The relay's subscription for chat, as it should be but for the change. */
export const chatSubscription = (change: SubscriptionChange = {}) =>
  subscriptionAnswer({
    name: 'relay-chat',
    functionName: 'relayChat',
    eventTypes: chatTypes,
    ...change,
  });
