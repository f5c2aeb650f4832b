import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { chatRecipientFields } from '../fields/chat-recipient-fields.ts';
import { optionalField } from '../fields/optional-field.ts';
import { optionalIdentifierField } from '../fields/optional-identifier-field.ts';
import { participantField } from '../fields/participant-field.ts';
import { readData } from '../read-data.ts';
import { readRecipient } from '../read-recipient.ts';
import type { ChatAddedEvent } from '../relay-event.ts';

const participantAddedData = dataObject({
  ...chatRecipientFields,
  addedByCommunicationIdentifier: optionalIdentifierField,
  addedBy: optionalIdentifierField,
  participantAdded: optionalField(participantField),
  memberAdded: optionalField(participantField),
});

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
    ...defined({
      senderId: data.addedByCommunicationIdentifier ?? data.addedBy,
      addedName: recipientIsAdded ? undefined : added?.name,
    }),
  };
}
