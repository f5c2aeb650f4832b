import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { omitUndefined } from '../shared/json.ts';
import { dataObject } from '../shared/schema.ts';
import { type Envelope, eventBase, readData } from './envelope.ts';
import {
  chatRecipientFields,
  messageIdField,
  nameField,
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

const chatMessageData = dataObject({
  ...chatRecipientFields,
  messageId: messageIdField,
  senderCommunicationIdentifier: optionalIdentifierField,
  senderId: optionalIdentifierField,
  senderDisplayName: nameField,
  messageBody: optionalField(z.string()),
  type: optionalField(z.string()),
});

const actor = optionalIdentifierField;

const chatChangeData = dataObject({
  ...chatRecipientFields,
  removedByCommunicationIdentifier: actor,
  removedBy: actor,
  deletedByCommunicationIdentifier: actor,
  deletedBy: actor,
  editedByCommunicationIdentifier: actor,
  editedBy: actor,
});

const participants = optionalField(z.array(participantField));

const threadCreatedData = dataObject({
  ...chatRecipientFields,
  createdByCommunicationIdentifier: optionalIdentifierField,
  createdBy: optionalIdentifierField,
  properties: optionalField(dataObject({ topic: nameField })),
  participants,
  members: participants,
});

const participantAddedData = dataObject({
  ...chatRecipientFields,
  addedByCommunicationIdentifier: optionalIdentifierField,
  addedBy: optionalIdentifierField,
  participantAdded: optionalField(participantField),
  memberAdded: optionalField(participantField),
});

type ChatMessageKind = ChatMessageEvent['kind'] | ChatMessageDeletedEvent['kind'];

/**
 * A reader for `Microsoft.Communication.ChatMessageReceived`, `…Edited` or `…Deleted`, which differ for the relay only
 * in whether they have a text.
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

/**
 * A reader for the chat events that make an app refresh in silence: a participant removed
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

/**
 * Reads `Microsoft.Communication.ChatThreadCreatedWithUser`. The creator's name stands only in the list of
 * participants (`members` in the shapes of 2020).
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

/**
 * Reads `Microsoft.Communication.ChatParticipantAddedToThreadWithUser` and its retired twin
 * `ChatMemberAddedToThreadWithUser`. Every user of the thread gets one of these, so the recipient is not always the one
 * who was added.
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
 * The recipient of a user-level chat event: the typed identifier, or else the bare id of the 2020 shapes.
 *
 * @throws RelayError `EVENT_DATA_INVALID` when the event names nobody, since a guess could reach the wrong person.
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
  const problem = 'recipientCommunicationIdentifier: is missing or no communication identifier';
  throw new RelayError({
    code: 'EVENT_DATA_INVALID',
    class: 'user',
    message: `The data of ${envelope.identity.type} cannot be used: ${problem}. Compare it with the Event Grid schema reference for Azure Communication Services.`,
    problems: [problem],
  });
}
