import * as z from 'zod';
import { identifierField } from './identifier-field.ts';
import { nameField } from './name-field.ts';
import { optionalField } from './optional-field.ts';

/** A chat participant, or a member as the shapes of 2020 call one: who it is, as far as that can be told. */
export const participantField = z
  .object({
    displayName: nameField,
    participantCommunicationIdentifier: optionalField(identifierField),
    memberId: optionalField(identifierField),
  })
  .transform(({ displayName, participantCommunicationIdentifier, memberId }) => ({
    name: displayName,
    userId: participantCommunicationIdentifier ?? memberId,
  }));
