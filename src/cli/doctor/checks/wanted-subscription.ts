import type { EventSubscription } from '../../arm/event-grid.ts';
import { counted, shellWord } from '../../terminal.ts';

/** The requirements for one of the relay's two event subscriptions. */
export interface WantedSubscription {
  readonly check: 'call-events' | 'chat-events';
  /** Its name in the documentation. */
  readonly name: string;
  readonly functionName: 'relayCalls' | 'relayChat';
  /** Types that the relay needs. */
  readonly needed: readonly string[];
  /** Types that cost an invocation, and nothing else. */
  readonly allowed: readonly string[];
  readonly maxDeliveryAttempts: { readonly min: number; readonly max: number; readonly set: number };
  readonly ttlMinutes: { readonly min: number; readonly max: number; readonly set: number };
  /** What giving up early costs; completes "If the last one fails because the hub or the app is down, …". */
  readonly lost: string;
  /** The reason for these limits; completes "Since …". */
  readonly because: string;
}

// As many and as long as Event Grid offers ("Event Grid message delivery and retry").
const retries = {
  maxDeliveryAttempts: { min: 5, max: 30, set: 30 },
  ttlMinutes: { min: 60, max: 1440, set: 1440 },
} as const;

/** Calls: a late ring becomes a missed call by itself, so giving up early only loses that notice. */
export const wantedCallEvents: WantedSubscription = {
  check: 'call-events',
  name: 'relay-calls',
  functionName: 'relayCalls',
  needed: acs(['IncomingCall', 'CallParticipantAdded', 'CallEnded']),
  allowed: acs(['CallStarted', 'CallParticipantRemoved']),
  ...retries,
  lost: 'nobody learns of the call',
  because: 'a late ring becomes a missed call by itself',
};

/** Chat: only the events that Azure sends once per recipient. */
export const wantedChatEvents: WantedSubscription = {
  check: 'chat-events',
  name: 'relay-chat',
  functionName: 'relayChat',
  needed: acs([
    'ChatMessageReceived',
    'ChatMessageEdited',
    'ChatMessageDeleted',
    'ChatThreadCreatedWithUser',
    'ChatThreadWithUserDeleted',
    'ChatThreadPropertiesUpdatedPerUser',
    'ChatParticipantAddedToThreadWithUser',
    'ChatParticipantRemovedFromThreadWithUser',
  ]),
  allowed: acs(['ChatMemberAddedToThreadWithUser', 'ChatMemberRemovedFromThreadWithUser']),
  ...retries,
  lost: 'the message is lost',
  because: 'a message is worth delivering for a day',
};

interface SubscriptionNames {
  /** Shell text that expands to the resource id of the relay's storage account. */
  readonly storageId: string;
}

interface SubscriptionProblem {
  readonly why: string;
  readonly fix: string;
}

/** Every problem of a subscription that delivers calls or chat to the relay. Pure. */
export function judgeSubscription(
  subscription: EventSubscription,
  wanted: WantedSubscription,
  { storageId }: SubscriptionNames,
): readonly SubscriptionProblem[] {
  const { provisioningState, filter, maxDeliveryAttempts, ttlMinutes, deadLetters } = subscription;
  const { destination } = subscription;
  const problems: SubscriptionProblem[] = [];
  if (provisioningState !== 'Succeeded') {
    problems.push({
      why: `Its provisioning state is ${provisioningState}, so it delivers nothing.`,
      fix: `az resource delete --ids ${shellWord(subscription.id)}\nThen run this command again: it prints the command that recreates the subscription.`,
    });
  }
  const types = describeTypes(subscription.eventTypes, wanted);
  if (types !== undefined) {
    const includedEventTypes = wanted.needed;
    problems.push({ why: types, fix: patch(subscription, { filter: { ...filter, includedEventTypes } }) });
  }
  if (outside(maxDeliveryAttempts, wanted.maxDeliveryAttempts) || outside(ttlMinutes, wanted.ttlMinutes)) {
    const { maxDeliveryAttempts: attempts, ttlMinutes: ttl } = wanted;
    problems.push({
      why: `It makes ${counted(maxDeliveryAttempts, 'attempt')} within ${ttlMinutes} minutes. If the last one fails because the hub or the app is down, ${wanted.lost}. Since ${wanted.because}, it should make ${attempts.min} to ${attempts.max} attempts within ${ttl.min} to ${ttl.max} minutes.`,
      fix: patch(subscription, {
        retryPolicy: { maxDeliveryAttempts: attempts.set, eventTimeToLiveInMinutes: ttl.set },
      }),
    });
  }
  if (wanted.check === 'call-events' && (destination.maxEventsPerBatch ?? 1) > 1) {
    problems.push({
      why: `It batches up to ${destination.maxEventsPerBatch} events per delivery, so one failed event redelivers the whole batch.`,
      fix:
        destination.resourceId === undefined
          ? `Azure portal, event subscription ${subscription.name}, page "Additional features": turn batching off`
          : patch(subscription, {
              destination: {
                endpointType: 'AzureFunction',
                properties: { resourceId: destination.resourceId, maxEventsPerBatch: 1 },
              },
            }),
    });
  }
  if (!deadLetters) {
    const place = { resourceId: 'STORAGE', blobContainerName: 'dead-letters' };
    const deadLetterDestination = { endpointType: 'StorageBlob', properties: place };
    // The identity of a system topic can write where storage keys are disabled; a subscription of the resource has none.
    const ofSystemTopic = /\/systemTopics\//i.test(subscription.id);
    const identity = { type: 'SystemAssigned' };
    problems.push({
      why: 'It has no dead-letter container, so undeliverable events are lost without a trace.',
      fix: patch(
        subscription,
        ofSystemTopic
          ? { deadLetterWithResourceIdentity: { identity, deadLetterDestination } }
          : { deadLetterDestination },
      ).replace('STORAGE', `'"${storageId}"'`),
    });
  }
  return problems;
}

function describeTypes(types: readonly string[] | undefined, wanted: WantedSubscription): string | undefined {
  if (types === undefined) return 'It includes every event type.';
  const missing = wanted.needed.filter((type) => !types.includes(type));
  const known = [...wanted.needed, ...wanted.allowed];
  const foreign = types.filter((type) => !known.includes(type));
  const parts = [
    missing.length === 0 ? '' : `It excludes ${shortNames(missing)}.`,
    foreign.length === 0 ? '' : `It includes unsuitable types: ${shortNames(foreign)}.`,
  ];
  const text = parts.filter((part) => part !== '').join(' ');
  return text === '' ? undefined : text;
}

/** `az eventgrid … update` cannot set retries, so the fix is the request itself ("Event Subscriptions - Update"). */
function patch({ id }: EventSubscription, body: Readonly<Record<string, unknown>>): string {
  return `az rest --method patch --url ${shellWord(`${id}?api-version=2022-06-15`)} --body ${shellWord(JSON.stringify(body))}`;
}

function acs(names: readonly string[]) {
  return names.map((name) => `Microsoft.Communication.${name}`);
}

function outside(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value < min || value > max;
}

function shortNames(types: readonly string[]): string {
  return types.map((type) => type.replace('Microsoft.Communication.', '')).join(', ');
}
