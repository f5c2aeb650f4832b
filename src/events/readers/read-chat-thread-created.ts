import * as z from 'zod/mini';
import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { chatRecipientFields } from '../fields/chat-recipient-fields.ts';
import { nameField } from '../fields/name-field.ts';
import { optionalField } from '../fields/optional-field.ts';
import { optionalIdentifierField } from '../fields/optional-identifier-field.ts';
import { participantField } from '../fields/participant-field.ts';
import { readData } from '../read-data.ts';
import { readRecipient } from '../read-recipient.ts';
import type { ChatAddedEvent } from '../relay-event.ts';

const participants = optionalField(z.array(participantField));

const threadCreatedData = dataObject({
  ...chatRecipientFields,
  createdByCommunicationIdentifier: optionalIdentifierField,
  createdBy: optionalIdentifierField,
  properties: optionalField(dataObject({ topic: nameField })),
  participants,
  members: participants,
});

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
    ...defined({ senderId, senderName: sender?.name, topic: data.properties?.topic }),
  };
}
