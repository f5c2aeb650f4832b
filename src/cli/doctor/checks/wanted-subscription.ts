import type { EventSubscription } from '../../arm/event-grid.ts';
import { counted, shellWord } from '../../terminal.ts';

/** What the relay needs of one of its two event subscriptions. */
export interface WantedSubscription {
  readonly check: 'call-events' | 'chat-events';
  /** Name it has in the documentation. */
  readonly name: string;
  readonly functionName: 'relayCalls' | 'relayChat';
  /** Types without which the relay cannot do its work. */
  readonly needed: readonly string[];
  /** Types that cost nothing but an invocation. */
  readonly allowed: readonly string[];
  readonly maxDeliveryAttempts: { readonly min: number; readonly max: number; readonly set: number };
  readonly ttlMinutes: { readonly min: number; readonly max: number; readonly set: number };
  /** Why retries are bounded so. */
  readonly because: string;
}

function acs(names: readonly string[]) {
  return names.map((name) => `Microsoft.Communication.${name}`);
}

/** Calls: a ring that comes after two minutes is worth nothing, and one attempt alone survives no restart. */
export const wantedCallEvents: WantedSubscription = {
  check: 'call-events',
  name: 'relay-calls',
  functionName: 'relayCalls',
  needed: acs(['IncomingCall', 'CallParticipantAdded', 'CallEnded']),
  allowed: acs(['CallStarted', 'CallParticipantRemoved']),
  maxDeliveryAttempts: { min: 2, max: 3, set: 3 },
  ttlMinutes: { min: 1, max: 2, set: 2 },
  because: 'a call rings for 30 s',
};

/** Chat: only the events that Azure sends once for each recipient. */
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
  maxDeliveryAttempts: { min: 5, max: 30, set: 30 },
  ttlMinutes: { min: 60, max: 1440, set: 1440 },
  because: 'a message is worth delivering for a day',
};

function shortNames(types: readonly string[]): string {
  return types.map((type) => type.replace('Microsoft.Communication.', '')).join(', ');
}

function outside(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value < min || value > max;
}

/** Names that end the mending steps, where they are known. */
interface SubscriptionNames {
  /** Shell text that gives the resource id of the relay's storage account. */
  readonly storageId: string;
}

/** One thing that is wrong with an event subscription. */
interface SubscriptionProblem {
  readonly why: string;
  readonly mend: string;
}

/** Everything that is wrong with a subscription that delivers calls or chat to the relay. Pure. */
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
      why: `Azure says it is ${provisioningState}, so it delivers nothing.`,
      mend: `az resource delete --ids ${shellWord(subscription.id)}\nThen run this command again: it prints how to create it anew.`,
    });
  }
  const types = describeTypes(subscription.eventTypes, wanted);
  if (types !== undefined) {
    const includedEventTypes = wanted.needed;
    problems.push({ why: types, mend: patch(subscription, { filter: { ...filter, includedEventTypes } }) });
  }
  if (outside(maxDeliveryAttempts, wanted.maxDeliveryAttempts) || outside(ttlMinutes, wanted.ttlMinutes)) {
    const { maxDeliveryAttempts: attempts, ttlMinutes: ttl } = wanted;
    problems.push({
      why: `It tries ${counted(maxDeliveryAttempts, 'time')} within ${ttlMinutes} minutes; ${wanted.because}, so ${attempts.min} to ${attempts.max} tries within ${ttl.min} to ${ttl.max} minutes are right.`,
      mend: patch(subscription, {
        retryPolicy: { maxDeliveryAttempts: attempts.set, eventTimeToLiveInMinutes: ttl.set },
      }),
    });
  }
  if (wanted.check === 'call-events' && (destination.maxEventsPerBatch ?? 1) > 1) {
    problems.push({
      why: `It gathers up to ${destination.maxEventsPerBatch} events for one delivery, so one that fails brings all of them again.`,
      mend:
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
    // The identity of a system topic can write where storage keys are off; a subscription of the resource has none.
    const ofSystemTopic = /\/systemTopics\//i.test(subscription.id);
    const identity = { type: 'SystemAssigned' };
    problems.push({
      why: 'It has no dead-letter container, so what cannot be delivered is lost without a trace.',
      mend: patch(
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
  if (types === undefined) return 'It lets every event type through.';
  const missing = wanted.needed.filter((type) => !types.includes(type));
  const known = [...wanted.needed, ...wanted.allowed];
  const foreign = types.filter((type) => !known.includes(type));
  const parts = [
    missing.length === 0 ? '' : `It leaves out ${shortNames(missing)}.`,
    foreign.length === 0 ? '' : `It lets through what does not belong here: ${shortNames(foreign)}.`,
  ];
  const text = parts.filter((part) => part !== '').join(' ');
  return text === '' ? undefined : text;
}

/** `az eventgrid … update` cannot set retries, so the mending step is the request itself ("Event Subscriptions - Update"). */
function patch({ id }: EventSubscription, body: Readonly<Record<string, unknown>>): string {
  return `az rest --method patch --url ${shellWord(`${id}?api-version=2022-06-15`)} --body ${shellWord(JSON.stringify(body))}`;
}
