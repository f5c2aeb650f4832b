import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { chatRecipientFields } from '../fields/chat-recipient-fields.ts';
import { optionalIdentifierField } from '../fields/optional-identifier-field.ts';
import { readData } from '../read-data.ts';
import { readRecipient } from '../read-recipient.ts';
import type { ChatRemovedEvent, ChatUpdatedEvent } from '../relay-event.ts';

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
      ...defined({ senderId }),
    };
  };
}
