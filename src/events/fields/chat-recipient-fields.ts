import { idField } from './id-field.ts';
import { optionalIdentifierField } from './optional-identifier-field.ts';

/** What every user-level chat event has: its thread and, in one of two spellings, its recipient. */
export const chatRecipientFields = {
  threadId: idField,
  recipientCommunicationIdentifier: optionalIdentifierField,
  recipientId: optionalIdentifierField,
};
