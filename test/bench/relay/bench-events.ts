import { cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import { benchUser } from './bench-users.ts';

const ben = user('8:acs:5e3c1f2a-0000-4000-8000-6a1d2b3c4d5e_00000015-ben0-0000-0000-000000000002');
const context = `e30.${Buffer.from(JSON.stringify({ cc: 'H4sIAAAAAAAA'.repeat(40) })).toString('base64url')}.`;

/** The text of a chat message that comes now, in either schema; one user in turn gets it. */
export function chatEventText(index: number): string {
  const now = new Date();
  const data = {
    messageBody: 'The results are in: everything looks fine. See you on Thursday at ten.',
    messageId: String(now.getTime()),
    type: 'Text',
    version: 1,
    senderDisplayName: 'Ben',
    senderCommunicationIdentifier: ben,
    recipientCommunicationIdentifier: user(benchUser(index)),
    composeTime: now.toISOString(),
    threadId: '19:clinic-room@thread.v2',
    transactionId: 'jo0dFTgWnU6zq2QjJ5w3nQ.1.1.1.1.2.0',
  };
  return eventText('ChatMessageReceived', data, index, now);
}

/** The text of a call that rings now. */
export function ringEventText(index: number): string {
  const now = new Date();
  const data = {
    to: user(benchUser(index)),
    from: ben,
    serverCallId: Buffer.from(`https://conv.example/conv/${index}?i=0&e=1`).toString('base64'),
    callerDisplayName: 'Ben',
    incomingCallContext: context,
    correlationId: `call-${now.getTime()}-${index}`,
  };
  return eventText('IncomingCall', data, index, now);
}

function eventText(type: string, data: object, index: number, now: Date): string {
  const id = `bench-${now.getTime()}-${index}`;
  const event =
    index % 2 === 0
      ? eventGridEvent(type, data, { id, eventTime: now.toISOString() })
      : cloudEvent(type, data, { id, time: now.toISOString() });
  return JSON.stringify(event);
}
