import type { KnownSystemEventTypes } from '@azure/eventgrid';
import { readCallEnded, readCallParticipantAdded, readIncomingCall } from './call-events.ts';
import {
  readChatChange,
  readChatMessage,
  readChatParticipantAdded,
  readChatThreadCreated,
} from './chat-events.ts';
import type { Envelope } from './envelope.ts';
import type { IgnoredReason, RelayEvent } from './relay-event.ts';

type AcsEventType = Extract<KnownSystemEventTypes, `Microsoft.Communication.${string}`>;

// Names of 2020 that Azure retired. `@azure/eventgrid` no longer has them, but recorded payloads still do.
type RetiredEventType =
  | 'Microsoft.Communication.ChatMemberAddedToThreadWithUser'
  | 'Microsoft.Communication.ChatMemberRemovedFromThreadWithUser';

type Reader = (envelope: Envelope) => RelayEvent;

const removed = readChatChange('chat-removed');

/**
 * What the relay does with each ACS event type: the reader for it, or the reason to ignore it. The type keeps the table
 * complete: a new ACS event in `@azure/eventgrid` does not compile until it has an entry here.
 */
export const eventTypes: Readonly<Record<AcsEventType | RetiredEventType, Reader | IgnoredReason>> = {
  'Microsoft.Communication.IncomingCall': readIncomingCall,
  'Microsoft.Communication.CallParticipantAdded': readCallParticipantAdded,
  'Microsoft.Communication.CallEnded': readCallEnded,
  'Microsoft.Communication.CallStarted': 'call-progress',
  'Microsoft.Communication.CallParticipantRemoved': 'call-progress',

  'Microsoft.Communication.ChatMessageReceived': readChatMessage('chat-message'),
  'Microsoft.Communication.ChatMessageEdited': readChatMessage('chat-message-edited'),
  'Microsoft.Communication.ChatMessageDeleted': readChatMessage('chat-message-deleted'),
  'Microsoft.Communication.ChatThreadCreatedWithUser': readChatThreadCreated,
  'Microsoft.Communication.ChatParticipantAddedToThreadWithUser': readChatParticipantAdded,
  'Microsoft.Communication.ChatMemberAddedToThreadWithUser': readChatParticipantAdded,
  'Microsoft.Communication.ChatParticipantRemovedFromThreadWithUser': removed,
  'Microsoft.Communication.ChatMemberRemovedFromThreadWithUser': removed,
  'Microsoft.Communication.ChatThreadWithUserDeleted': removed,
  'Microsoft.Communication.ChatThreadPropertiesUpdatedPerUser': readChatChange('chat-updated'),

  'Microsoft.Communication.ChatMessageReceivedInThread': 'thread-level',
  'Microsoft.Communication.ChatMessageEditedInThread': 'thread-level',
  'Microsoft.Communication.ChatMessageDeletedInThread': 'thread-level',
  'Microsoft.Communication.ChatThreadCreated': 'thread-level',
  'Microsoft.Communication.ChatThreadDeleted': 'thread-level',
  'Microsoft.Communication.ChatThreadPropertiesUpdated': 'thread-level',
  'Microsoft.Communication.ChatThreadParticipantAdded': 'thread-level',
  'Microsoft.Communication.ChatThreadParticipantRemoved': 'thread-level',
  'Microsoft.Communication.ChatTypingIndicatorReceivedInThread': 'thread-level',
  'Microsoft.Communication.ChatAzureBotCommandReceivedInThread': 'thread-level',

  'Microsoft.Communication.RecordingFileStatusUpdated': 'other-acs',
  'Microsoft.Communication.UserDisconnected': 'other-acs',
  'Microsoft.Communication.SMSReceived': 'other-acs',
  'Microsoft.Communication.SMSDeliveryReportReceived': 'other-acs',
  'Microsoft.Communication.EmailDeliveryReportReceived': 'other-acs',
  'Microsoft.Communication.EmailEngagementTrackingReportReceived': 'other-acs',
  'Microsoft.Communication.AdvancedMessageReceived': 'other-acs',
  'Microsoft.Communication.AdvancedMessageDeliveryStatusUpdated': 'other-acs',
  'Microsoft.Communication.RouterJobCancelled': 'other-acs',
  'Microsoft.Communication.RouterJobClassificationFailed': 'other-acs',
  'Microsoft.Communication.RouterJobClassified': 'other-acs',
  'Microsoft.Communication.RouterJobClosed': 'other-acs',
  'Microsoft.Communication.RouterJobCompleted': 'other-acs',
  'Microsoft.Communication.RouterJobDeleted': 'other-acs',
  'Microsoft.Communication.RouterJobExceptionTriggered': 'other-acs',
  'Microsoft.Communication.RouterJobQueued': 'other-acs',
  'Microsoft.Communication.RouterJobReceived': 'other-acs',
  'Microsoft.Communication.RouterJobSchedulingFailed': 'other-acs',
  'Microsoft.Communication.RouterJobUnassigned': 'other-acs',
  'Microsoft.Communication.RouterJobWaitingForActivation': 'other-acs',
  'Microsoft.Communication.RouterJobWorkerSelectorsExpire': 'other-acs',
  'Microsoft.Communication.RouterWorkerDeleted': 'other-acs',
  'Microsoft.Communication.RouterWorkerDeregistered': 'other-acs',
  'Microsoft.Communication.RouterWorkerOfferAccepted': 'other-acs',
  'Microsoft.Communication.RouterWorkerOfferDeclined': 'other-acs',
  'Microsoft.Communication.RouterWorkerOfferExpired': 'other-acs',
  'Microsoft.Communication.RouterWorkerOfferIssued': 'other-acs',
  'Microsoft.Communication.RouterWorkerOfferRevoked': 'other-acs',
  'Microsoft.Communication.RouterWorkerRegistered': 'other-acs',
  'Microsoft.Communication.RouterWorkerUpdated': 'other-acs',
};
