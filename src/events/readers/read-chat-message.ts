import * as z from 'zod/mini';
import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { chatRecipientFields } from '../fields/chat-recipient-fields.ts';
import { messageIdField } from '../fields/message-id-field.ts';
import { nameField } from '../fields/name-field.ts';
import { optionalField } from '../fields/optional-field.ts';
import { optionalIdentifierField } from '../fields/optional-identifier-field.ts';
import { readData } from '../read-data.ts';
import { readRecipient } from '../read-recipient.ts';
import type { ChatMessageDeletedEvent, ChatMessageEvent } from '../relay-event.ts';

const chatMessageData = dataObject({
  ...chatRecipientFields,
  messageId: messageIdField,
  senderCommunicationIdentifier: optionalIdentifierField,
  senderId: optionalIdentifierField,
  senderDisplayName: nameField,
  messageBody: optionalField(z.string()),
  type: optionalField(z.string()),
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
      ...defined({
        senderId: data.senderCommunicationIdentifier ?? data.senderId,
        senderName: data.senderDisplayName,
      }),
    };
    if (kind === 'chat-message-deleted') return { ...common, kind };
    return {
      ...common,
      kind,
      textFormat: /html/i.test(data.type ?? '') ? 'html' : 'plain',
      ...defined({ text: data.messageBody }),
    };
  };
}
