import * as z from 'zod/mini';
import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { idField } from '../fields/id-field.ts';
import { identifierField } from '../fields/identifier-field.ts';
import { optionalField } from '../fields/optional-field.ts';
import { serverCallIdField } from '../fields/server-call-id-field.ts';
import { readData } from '../read-data.ts';
import type { CallParticipantAddedEvent } from '../relay-event.ts';

// The user is nested since 2022 and flat in the samples of 2021.
const participant = z.union([
  z.pipe(
    dataObject({ communicationIdentifier: identifierField }),
    z.transform((user) => user.communicationIdentifier),
  ),
  identifierField,
]);

const participantAddedData = dataObject({
  user: optionalField(participant),
  serverCallId: serverCallIdField,
  correlationId: idField,
});

/**
 * Reads `Microsoft.Communication.CallParticipantAdded`.
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readCallParticipantAdded(envelope: Envelope): CallParticipantAddedEvent {
  const data = readData(participantAddedData, envelope);
  return {
    ...eventBase(envelope),
    kind: 'call-participant-added',
    callId: data.correlationId,
    ...defined({ serverCallId: data.serverCallId, participantId: data.user }),
  };
}
