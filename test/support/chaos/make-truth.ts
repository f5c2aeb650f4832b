import type { Truth } from './truth.ts';

const topic =
  '/subscriptions/S/resourceGroups/G/providers/Microsoft.Communication/communicationServices/Clinic';
const types: Readonly<Record<Truth['kind'], string>> = {
  ring: 'IncomingCall',
  joined: 'CallParticipantAdded',
  ended: 'CallEnded',
  message: 'ChatMessageReceived',
  edited: 'ChatMessageEdited',
  deleted: 'ChatMessageDeleted',
};

/** One event with what is true of it, on the wire in the Event Grid schema. */
export function makeTruth(what: Omit<Truth, 'value'>): Truth {
  const { id, kind, timeMs, thing } = what;
  return {
    ...what,
    value: {
      id,
      topic,
      subject: 'any',
      eventType: `Microsoft.Communication.${types[kind]}`,
      eventTime: new Date(timeMs).toISOString(),
      dataVersion: '1.0',
      metadataVersion: '1',
      data: dataFor(what, thing),
    },
  };
}

function dataFor({ kind, userId = '' }: Omit<Truth, 'value'>, thing: string): object {
  const user = { rawId: userId, communicationUser: { id: userId } };
  const caller = { rawId: '8:acs:clinic_caller', communicationUser: { id: '8:acs:clinic_caller' } };
  switch (kind) {
    case 'ring':
      return { to: user, from: caller, callerDisplayName: 'Ben', correlationId: thing };
    case 'joined':
      return { user: { communicationIdentifier: user }, correlationId: thing };
    case 'ended':
      return { correlationId: thing };
    default:
      return {
        messageId: thing,
        threadId: 'thread',
        recipientCommunicationIdentifier: user,
        senderCommunicationIdentifier: caller,
        senderDisplayName: 'Ben',
        ...(kind === 'deleted' ? {} : { messageBody: `${kind} text` }),
      };
  }
}
