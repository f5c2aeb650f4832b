import { cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import { benchUser, userCount } from './bench-users.ts';

/** Returns the text of an event that happens now. The index selects the user and, in turn, the schema. */
export type EventText = (index: number) => string;

const ben = user('8:acs:5e3c1f2a-0000-4000-8000-6a1d2b3c4d5e_00000015-ben0-0000-0000-000000000002');
const context = `e30.${Buffer.from(JSON.stringify({ cc: 'H4sIAAAAAAAA'.repeat(40) })).toString('base64url')}.`;

// Placeholders for the values that differ between events.
const idMark = 'the-id-of-the-event';
const timeMark = 'the-time-of-the-event';

/** A chat message of typical length. */
export const chatEventText: EventText = fromTemplates('ChatMessageReceived', (recipient) => ({
  messageBody: 'The results are in: everything looks fine. See you on Thursday at ten.',
  messageId: '1795338000123',
  type: 'Text',
  version: 1,
  senderDisplayName: 'Ben',
  senderCommunicationIdentifier: ben,
  recipientCommunicationIdentifier: recipient,
  composeTime: timeMark,
  threadId: '19:clinic-room@thread.v2',
  transactionId: 'jo0dFTgWnU6zq2QjJ5w3nQ.1.1.1.1.2.0',
}));

/** An incoming call. */
export const ringEventText: EventText = fromTemplates('IncomingCall', (recipient) => ({
  to: recipient,
  from: ben,
  serverCallId: 'aHR0cHM6Ly9jb252LmV4YW1wbGUvY29udi9iZW5jaD9pPTAmZT0x',
  callerDisplayName: 'Ben',
  incomingCallContext: context,
  correlationId: idMark,
}));

function fromTemplates(type: string, dataFor: (recipient: object) => object): EventText {
  const templates = Array.from({ length: userCount }, (_, index) => {
    const data = dataFor(user(benchUser(index)));
    const event =
      index % 2 === 0
        ? eventGridEvent(type, data, { id: idMark, eventTime: timeMark })
        : cloudEvent(type, data, { id: idMark, time: timeMark });
    return JSON.stringify(event);
  });
  return (index) => {
    const now = new Date();
    return (templates[index % userCount] ?? '')
      .replaceAll(idMark, `bench-${now.getTime()}-${index}`)
      .replaceAll(timeMark, now.toISOString());
  };
}
