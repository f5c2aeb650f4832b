import { expect, it } from 'vitest';
import { parseEvent } from '../../../src/events/parse-event.ts';
import { eventReference } from '../../../src/relay/observe-event.ts';
import { ada, ben, eventGridEvent, user } from '../../support/events.ts';

const thread = { threadId: '19:t@thread.v2', recipientCommunicationIdentifier: user(ada) };

it.each([
  ['IncomingCall', { to: user(ada), from: user(ben), correlationId: 'call-1' }, 'call call-1'],
  ['CallEnded', { correlationId: 'call-1' }, 'call call-1'],
  ['ChatMessageReceived', { ...thread, messageId: '7', messageBody: 'Hello' }, 'message 19:t@thread.v2 7'],
  [
    'ChatThreadCreatedWithUser',
    { ...thread, createdByCommunicationIdentifier: user(ben), participants: [] },
    'thread 19:t@thread.v2',
  ],
])('a %s is about its call, message or thread', (type, data, about) => {
  const parsed = parseEvent(eventGridEvent(type, data));
  if (parsed.end !== 'event') throw new Error(JSON.stringify(parsed));
  expect(eventReference((kind, ...ids) => [kind, ...ids].join(' '), parsed.event)).toBe(about);
});
