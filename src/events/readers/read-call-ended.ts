import { defined } from '../../shared/json.ts';
import { dataObject } from '../../shared/schema.ts';
import type { Envelope } from '../envelope.ts';
import { eventBase } from '../event-base.ts';
import { idField } from '../fields/id-field.ts';
import { serverCallIdField } from '../fields/server-call-id-field.ts';
import { readData } from '../read-data.ts';
import type { CallEndedEvent } from '../relay-event.ts';

const callEndedData = dataObject({ serverCallId: serverCallIdField, correlationId: idField });

/**
 * Reads `Microsoft.Communication.CallEnded`. Who ended the call and why does not matter to the phones that still ring.
 *
 * @throws RelayError `EVENT_DATA_INVALID`
 */
export function readCallEnded(envelope: Envelope): CallEndedEvent {
  const data = readData(callEndedData, envelope);
  return {
    ...eventBase(envelope),
    kind: 'call-ended',
    callId: data.correlationId,
    ...defined({ serverCallId: data.serverCallId }),
  };
}
