import { defined } from '../../shared/json.ts';
import { boundedText, dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { idField } from '../fields/id-field.ts';
import { identifierField } from '../fields/identifier-field.ts';
import { nameField } from '../fields/name-field.ts';
import { optionalField } from '../fields/optional-field.ts';
import { optionalIdentifierField } from '../fields/optional-identifier-field.ts';
import { serverCallIdField } from '../fields/server-call-id-field.ts';
import { readData } from '../read-data.ts';
import type { IncomingCallEvent } from '../relay-event.ts';

const incomingCallData = dataObject({
  to: identifierField,
  from: optionalIdentifierField,
  serverCallId: serverCallIdField,
  callerDisplayName: nameField,
  incomingCallContext: optionalField(boundedText(0, 65_536)),
  correlationId: optionalField(idField),
});

/**
 * Reads `Microsoft.Communication.IncomingCall`. Only a usable `to` is required: the samples of 2022 lack other fields,
 * and a ring without a name is better than none. The call id is `correlationId`; without it, one that is as unique.
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
    ...defined({
      serverCallId: data.serverCallId,
      callerId: data.from,
      callerName: data.callerDisplayName,
      incomingCallContext: data.incomingCallContext,
    }),
  };
}
