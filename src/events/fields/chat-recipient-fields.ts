import { idField } from './id-field.ts';
import { identifierField } from './identifier-field.ts';
import { optionalField } from './optional-field.ts';

/** What every user-level chat event has: its thread and, in one of two spellings, its recipient. */
export const chatRecipientFields = {
  threadId: idField,
  recipientCommunicationIdentifier: optionalField(identifierField),
  recipientId: optionalField(identifierField),
};
