import * as z from 'zod/mini';
import { omitUndefined } from '../shared/json.ts';
import { dataObject } from '../shared/schema.ts';
import { dataOf, type Envelope, eventBase, readData } from './envelope.ts';
import {
  idField,
  invalidEventError,
  messageIdField,
  nameField,
  notAnIdentifier,
  optionalField,
  optionalIdentifierField,
  participantField,
} from './fields.ts';
import type {
  ChatAddedEvent,
  ChatMessageDeletedEvent,
  ChatMessageEvent,
  ChatRemovedEvent,
  ChatUpdatedEvent,
} from './relay-event.ts';

// Every user-level chat event names its thread and, in one of two spellings, its recipient.
const recipientFields = {
  threadId: idField,
  recipientCommunicationIdentifier: optionalIdentifierField,
  recipientId: optionalIdentifierField,
};

// Digits as a number, or as text in some shapes.
const versionField = optionalField(
  z.pipe(z.union([z.number(), z.string().check(z.regex(/^\d{1,16}$/))]), z.transform(Number)),
);

const chatMessageData = dataObject({
  ...recipientFields,
  messageId: messageIdField,
  senderCommunicationIdentifier: optionalIdentifierField,
  senderId: optionalIdentifierField,
  senderDisplayName: nameField,
  messageBody: optionalField(z.string()),
  type: optionalField(z.string()),
  version: versionField,
});

type ChatMessageKind = ChatMessageEvent['kind'] | ChatMessageDeletedEvent['kind'];

/**
 * Makes a reader for `Microsoft.Communication.ChatMessageReceived`, `…Edited` or `…Deleted`. The relay cares about one
 * difference: a deletion has no text.
 *
 * @throws RelayError `EVENT_DATA_INVALID` (from the reader)
 */
export function readChatMessage(
  kind: ChatMessageKind,
): (envelope: Envelope) => ChatMessageEvent | ChatMessageDeletedEvent {
  return (envelope) => {
    const data = readData(chatMessageData, envelope);
    const common = {
      ...eventBase(envelope),
      recipientId: readRecipient(data, envelope),
      threadId: data.threadId,
      messageId: data.messageId,
      ...omitUndefined({
        senderId: data.senderCommunicationIdentifier ?? data.senderId,
        senderName: data.senderDisplayName,
        version: data.version,
      }),
    };
    if (kind === 'chat-message-deleted') return { ...common, kind };
    return {
      ...common,
      kind,
      textFormat: /html/i.test(data.type ?? '') ? 'html' : 'plain',
      ...omitUndefined({ text: data.messageBody }),
    };
  };
}

const chatChangeData = dataObject({
  ...recipientFields,
  removedByCommunicationIdentifier: optionalIdentifierField,
  removedBy: optionalIdentifierField,
  deletedByCommunicationIdentifier: optionalIdentifierField,
  deletedBy: optionalIdentifierField,
  editedByCommunicationIdentifier: optionalIdentifierField,
  editedBy: optionalIdentifierField,
});

/**
 * Makes a reader for the chat events after which an app refreshes silently: a participant removed
 * (`ChatParticipantRemovedFromThreadWithUser`, `ChatMemberRemovedFromThreadWithUser`), a thread deleted
 * (`ChatThreadWithUserDeleted`), or its properties changed (`ChatThreadPropertiesUpdatedPerUser`).
 *
 * @throws RelayError `EVENT_DATA_INVALID` (from the reader)
 */
export function readChatChange(
  kind: 'chat-removed' | 'chat-updated',
): (envelope: Envelope) => ChatRemovedEvent | ChatUpdatedEvent {
  return (envelope) => {
    const data = readData(chatChangeData, envelope);
    const senderId =
      data.removedByCommunicationIdentifier ??
      data.removedBy ??
      data.deletedByCommunicationIdentifier ??
      data.deletedBy ??
      data.editedByCommunicationIdentifier ??
      data.editedBy;
    return {
      ...eventBase(envelope),
      kind,
      recipientId: readRecipient(data, envelope),
      threadId: data.threadId,
      ...omitUndefined({ senderId }),
    };
  };
}

const participants = optionalField(z.array(participantField));

const threadCreatedData = dataObject({
  ...recipientFields,
  createdByCommunicationIdentifier: optionalIdentifierField,
  createdBy: optionalIdentifierField,
  properties: optionalField(dataObject({ topic: nameField })),
  participants,
  members: participants,
});

/**
 * Reads `Microsoft.Communication.ChatThreadCreatedWithUser`. The creator's name is only in the list of participants
 * (`members` in the shapes of 2020).
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readChatThreadCreated(envelope: Envelope): ChatAddedEvent {
  const data = readData(threadCreatedData, envelope);
  const senderId = data.createdByCommunicationIdentifier ?? data.createdBy;
  const people = [...(data.participants ?? []), ...(data.members ?? [])];
  const sender = people.find((person) => person.userId !== undefined && person.userId === senderId);
  return {
    ...eventBase(envelope),
    kind: 'chat-added',
    recipientId: readRecipient(data, envelope),
    recipientIsAdded: true,
    threadId: data.threadId,
    ...omitUndefined({ senderId, senderName: sender?.name, topic: data.properties?.topic }),
  };
}

const participantAddedData = dataObject({
  ...recipientFields,
  addedByCommunicationIdentifier: optionalIdentifierField,
  addedBy: optionalIdentifierField,
  participantAdded: optionalField(participantField),
  memberAdded: optionalField(participantField),
});

/**
 * Reads `Microsoft.Communication.ChatParticipantAddedToThreadWithUser` and its retired twin
 * `ChatMemberAddedToThreadWithUser`. Every user of the thread gets one, so the recipient is not always the user who was
 * added.
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readChatParticipantAdded(envelope: Envelope): ChatAddedEvent {
  const data = readData(participantAddedData, envelope);
  const recipientId = readRecipient(data, envelope);
  const added = data.participantAdded ?? data.memberAdded;
  const recipientIsAdded = added?.userId === recipientId;
  return {
    ...eventBase(envelope),
    kind: 'chat-added',
    recipientId,
    recipientIsAdded,
    threadId: data.threadId,
    ...omitUndefined({
      senderId: data.addedByCommunicationIdentifier ?? data.addedBy,
      addedName: recipientIsAdded ? undefined : added?.name,
    }),
  };
}

/**
 * The recipient of a user-level chat event: the typed identifier, or else the bare id of the 2020 shapes. It is never
 * guessed, because a guess could reach the wrong person.
 *
 * @throws RelayError `EVENT_DATA_INVALID` when the event names no recipient
 */
function readRecipient(
  data: {
    readonly recipientCommunicationIdentifier?: string | undefined;
    readonly recipientId?: string | undefined;
  },
  envelope: Envelope,
): string {
  const recipientId = data.recipientCommunicationIdentifier ?? data.recipientId;
  if (recipientId !== undefined) return recipientId;
  throw invalidEventError(dataOf(envelope), [`recipientCommunicationIdentifier: ${notAnIdentifier}`]);
}
