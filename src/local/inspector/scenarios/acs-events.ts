import { sampleUserId } from '../../sample-devices.ts';
import type { AcsEvent } from './scenario.ts';

const callerId = `${sampleUserId.slice(0, sampleUserId.lastIndexOf('-'))}-aabbccddeeff`;

/** The people of the scenarios: the sample user, whose devices the page shows, and the other one, who calls and writes. */
export const people = {
  user: { name: 'Ada Lindqvist', rawId: sampleUserId, identifier: identifier(sampleUserId) },
  other: { name: 'Ben Okafor', rawId: callerId, identifier: identifier(callerId) },
};

const { user, other } = people;

interface CallEvents {
  readonly incoming: AcsEvent;
  readonly answered: AcsEvent;
  readonly ended: AcsEvent;
}

/** The events of one call from the other person to the sample user. */
export function callEvents(callId: string): CallEvents {
  const serverCallId = btoa(`https://conv.example.net/conv/${callId}`);
  const startedBy = { communicationIdentifier: other.identifier, role: 'Organizer' };
  const common = {
    startedBy,
    serverCallId,
    group: { id: callId },
    isTwoParty: true,
    correlationId: callId,
    isRoomsCall: false,
  };
  return {
    incoming: {
      type: 'IncomingCall',
      subject: `/caller/${other.rawId}/recipient/${user.rawId}`,
      data: {
        to: user.identifier,
        from: other.identifier,
        serverCallId,
        callerDisplayName: other.name,
        customContext: { sipHeaders: {}, voipHeaders: {} },
        incomingCallContext: callContext(callId),
        correlationId: callId,
      },
    },
    answered: {
      type: 'CallParticipantAdded',
      subject: `call/${serverCallId}/participant/${user.rawId}`,
      data: {
        ...common,
        user: { communicationIdentifier: user.identifier, role: 'Attendee' },
        displayName: user.name,
      },
    },
    ended: {
      type: 'CallEnded',
      subject: `call/${serverCallId}`,
      data: {
        ...common,
        endedBy: { communicationIdentifier: other.identifier, type: 'Participant', name: other.name },
        reason: { code: 0, subCode: 0, phrase: 'The conversation has ended' },
      },
    },
  };
}

const threadId = '19:local-inspector@thread.v2';

const recipient = {
  recipientId: user.rawId,
  recipientCommunicationIdentifier: user.identifier,
  threadId,
};

/** A message from the other person to the sample user, its edit or its deletion. A message id is the time of writing. */
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

/** The other person adds the sample user to the thread. */
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

/** The other person removes the sample user from the thread. */
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

/** The other person changes the topic of the thread. */
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

/** A context like that of ACS, with a made-up `cc` claim, which the Calling SDK receives as `cp`. */
function callContext(callId: string): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ cc: btoa(`local call ${callId}`) })}.`;
}

function subject(middle: string) {
  return `thread/${threadId}/${middle}/recipient/${user.rawId}`;
}

function identifier(rawId: string) {
  return {
    kind: 'communicationUser',
    rawId,
    communicationUser: { id: rawId },
  };
}
