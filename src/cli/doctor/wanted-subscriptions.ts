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

const acs = (names: readonly string[]) => names.map((name) => `Microsoft.Communication.${name}`);

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
