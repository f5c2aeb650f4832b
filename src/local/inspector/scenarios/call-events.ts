import { people } from './people.ts';
import type { AcsEvent } from './scenario.ts';

/** The events of one call from the other to the sample user. */
export interface CallEvents {
  readonly incoming: AcsEvent;
  readonly answered: AcsEvent;
  readonly ended: AcsEvent;
}

/** Makes the {@link CallEvents} of the call `callId`. */
export function callEvents(callId: string): CallEvents {
  const { user, other } = people;
  const serverCallId = btoa(`https://conv.example.net/conv/${callId}`);
  const startedBy = { communicationIdentifier: other.identifier, role: 'Organizer' };
  const common = {
    startedBy,
    serverCallId,
    group: { id: callId },
    isTwoParty: true,
    correlationId: callId,
    isRoomsCall: false,
  };
  return {
    incoming: {
      type: 'IncomingCall',
      subject: `/caller/${other.rawId}/recipient/${user.rawId}`,
      data: {
        to: user.identifier,
        from: other.identifier,
        serverCallId,
        callerDisplayName: other.name,
        customContext: { sipHeaders: {}, voipHeaders: {} },
        incomingCallContext: callContext(callId),
        correlationId: callId,
      },
    },
    answered: {
      type: 'CallParticipantAdded',
      subject: `call/${serverCallId}/participant/${user.rawId}`,
      data: {
        ...common,
        user: { communicationIdentifier: user.identifier, role: 'Attendee' },
        displayName: user.name,
      },
    },
    ended: {
      type: 'CallEnded',
      subject: `call/${serverCallId}`,
      data: {
        ...common,
        endedBy: { communicationIdentifier: other.identifier, type: 'Participant', name: other.name },
        reason: { code: 0, subCode: 0, phrase: 'The conversation has ended' },
      },
    },
  };
}

/** A context such as ACS sends, with an invented `cc` claim, which the Calling SDK gets as `cp`. */
function callContext(callId: string): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ cc: btoa(`local call ${callId}`) })}.`;
}
