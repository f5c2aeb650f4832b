import { people } from './people.ts';
import type { AcsEvent } from './scenario.ts';

const threadId = '19:local-inspector@thread.v2';
const { user, other } = people;

const recipient = {
  recipientId: user.rawId,
  recipientCommunicationIdentifier: user.identifier,
  threadId,
};

const subject = (middle: string) => `thread/${threadId}/${middle}/recipient/${user.rawId}`;

/** A message of the other to the sample user, its edit or its deletion. A message id is the time it was written at. */
export function messageEvent(
  type: 'ChatMessageReceived' | 'ChatMessageEdited' | 'ChatMessageDeleted',
  messageId: number,
  text?: string,
): AcsEvent {
  return {
    type,
    subject: subject(`sender/${other.rawId}`),
    data: {
      ...recipient,
      ...(text === undefined ? {} : { messageBody: text }),
      messageId: String(messageId),
      senderId: other.rawId,
      senderCommunicationIdentifier: other.identifier,
      senderDisplayName: other.name,
      composeTime: new Date(messageId).toISOString(),
      type: 'Text',
      version: messageId,
    },
  };
}

/** The other adds the sample user to the thread. */
export function addedEvent(nowMs: number): AcsEvent {
  return {
    type: 'ChatParticipantAddedToThreadWithUser',
    subject: subject(`participantAdded/${user.rawId}`),
    data: {
      ...recipient,
      time: new Date(nowMs).toISOString(),
      addedByCommunicationIdentifier: other.identifier,
      participantAdded: { displayName: user.name, participantCommunicationIdentifier: user.identifier },
      version: nowMs,
    },
  };
}

/** The other removes the sample user from the thread. */
export function removedEvent(nowMs: number): AcsEvent {
  return {
    type: 'ChatParticipantRemovedFromThreadWithUser',
    subject: subject(`participantRemoved/${user.rawId}`),
    data: {
      ...recipient,
      time: new Date(nowMs).toISOString(),
      removedByCommunicationIdentifier: other.identifier,
      participantRemoved: { displayName: user.name, participantCommunicationIdentifier: user.identifier },
      version: nowMs,
    },
  };
}

/** The other gives the thread a new topic. */
export function updatedEvent(nowMs: number, topic: string): AcsEvent {
  return {
    type: 'ChatThreadPropertiesUpdatedPerUser',
    subject: subject(`editedBy/${other.rawId}`),
    data: {
      ...recipient,
      editedByCommunicationIdentifier: other.identifier,
      editTime: new Date(nowMs).toISOString(),
      properties: { topic },
      version: nowMs,
    },
  };
}
