import * as z from 'zod/mini';
import { dataObject } from '../../shared/schema.ts';
import { nameField } from './name-field.ts';
import { optionalIdentifierField } from './optional-identifier-field.ts';

/** A chat participant, or a member as the shapes of 2020 call one: who it is, as far as that can be told. */
export const participantField = z.pipe(
  dataObject({
    displayName: nameField,
    participantCommunicationIdentifier: optionalIdentifierField,
    memberId: optionalIdentifierField,
  }),
  z.transform(({ displayName, participantCommunicationIdentifier, memberId }) => ({
    name: displayName,
    userId: participantCommunicationIdentifier ?? memberId,
  })),
);
