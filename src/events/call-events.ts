import * as z from 'zod/mini';
import { omitUndefined } from '../shared/json.ts';
import { boundedText, dataObject } from '../shared/schema.ts';
import { type Envelope, eventBase, readData } from './envelope.ts';
import {
  identifierField,
  idField,
  nameField,
  optionalField,
  optionalIdentifierField,
  serverCallIdField,
} from './fields.ts';
import type { CallEndedEvent, CallParticipantAddedEvent, IncomingCallEvent } from './relay-event.ts';

const incomingCallData = dataObject({
  to: identifierField,
  from: optionalIdentifierField,
  serverCallId: serverCallIdField,
  callerDisplayName: nameField,
  incomingCallContext: optionalField(boundedText(0, 65_536)),
  correlationId: optionalField(idField),
});

/**
 * Reads `Microsoft.Communication.IncomingCall`. It requires only a usable `to`: the samples of 2022 lack other fields, and
 * a ring without a name is better than none. The call id is `correlationId`, or else the event id, which is as unique.
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readIncomingCall(envelope: Envelope): IncomingCallEvent {
  const data = readData(incomingCallData, envelope);
  return {
    ...eventBase(envelope),
    kind: 'incoming-call',
    recipientId: data.to,
    callId: data.correlationId ?? envelope.identity.id,
    ...omitUndefined({
      serverCallId: data.serverCallId,
      callerId: data.from,
      callerName: data.callerDisplayName,
      incomingCallContext: data.incomingCallContext,
    }),
  };
}

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
    ...omitUndefined({ serverCallId: data.serverCallId, participantId: data.user }),
  };
}

const callEndedData = dataObject({ serverCallId: serverCallIdField, correlationId: idField });

/**
 * Reads `Microsoft.Communication.CallEnded`. Who ended the call, and why, does not matter to phones that still ring.
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readCallEnded(envelope: Envelope): CallEndedEvent {
  const data = readData(callEndedData, envelope);
  return {
    ...eventBase(envelope),
    kind: 'call-ended',
    callId: data.correlationId,
    ...omitUndefined({ serverCallId: data.serverCallId }),
  };
}
