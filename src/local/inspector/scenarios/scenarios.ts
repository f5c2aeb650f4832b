import { addedEvent, callEvents, messageEvent, removedEvent, updatedEvent } from './acs-events.ts';
import type { Scenario } from './scenario.ts';

const lateByMs = 120_000;

/** The scenarios of "Try it", in the order of the buttons. */
export const scenarios: readonly Scenario[] = [
  {
    id: 'ring',
    label: 'Ring',
    hint: 'An unanswered incoming call: it rings until its deadline.',
    group: 'call',
    steps: ({ newId }) => [{ event: callEvents(newId()).incoming }],
  },
  {
    id: 'ring-answered',
    label: 'Ring, answer elsewhere',
    hint: 'The user answers on another device: every phone stops ringing.',
    group: 'call',
    steps: ({ newId }) => {
      const { incoming, answered } = callEvents(newId());
      return [{ event: incoming }, { event: answered, pauses: 1 }];
    },
  },
  {
    id: 'ring-ended',
    label: 'Ring, hang up',
    hint: 'The caller hangs up: the ring stops and a missed call replaces it.',
    group: 'call',
    steps: ({ newId }) => {
      const { incoming, ended } = callEvents(newId());
      return [{ event: incoming }, { event: ended, pauses: 1 }];
    },
  },
  {
    id: 'ring-late',
    label: 'Late ring',
    hint: 'The event arrives two minutes late: it becomes a missed call and does not ring.',
    group: 'call',
    steps: ({ newId }) => [{ event: { ...callEvents(newId()).incoming, ageMs: lateByMs } }],
  },
  {
    id: 'message',
    label: 'Message, edit, deletion',
    hint: 'The edit replaces the message, and the deletion removes it.',
    group: 'chat',
    steps: ({ nowMs }) => [
      { event: messageEvent('ChatMessageReceived', nowMs, 'Lunch at twelve?') },
      { event: messageEvent('ChatMessageEdited', nowMs, 'Lunch at one?'), pauses: 1 },
      { event: messageEvent('ChatMessageDeleted', nowMs), pauses: 2 },
    ],
  },
  {
    id: 'message-emoji',
    label: '2,000 emoji',
    hint: 'Too long for 4,096 bytes: the text is cut between two emoji.',
    group: 'chat',
    steps: ({ nowMs }) => [{ event: messageEvent('ChatMessageReceived', nowMs, '👩‍🚀🎉😀🌍'.repeat(500)) }],
  },
  {
    id: 'chat-added',
    label: 'Added to a chat',
    hint: 'A notification, in the language of each device.',
    group: 'chat',
    steps: ({ nowMs }) => [{ event: addedEvent(nowMs) }],
  },
  {
    id: 'chat-updated',
    label: 'Chat renamed',
    hint: 'A silent push: the app reads the new name.',
    group: 'chat',
    steps: ({ nowMs }) => [{ event: updatedEvent(nowMs, 'Lunch club') }],
  },
  {
    id: 'chat-removed',
    label: 'Removed from a chat',
    hint: 'A silent push: the app removes the chat from its list.',
    group: 'chat',
    steps: ({ nowMs }) => [{ event: removedEvent(nowMs) }],
  },
  {
    id: 'duplicate',
    label: 'Duplicate delivery',
    hint: 'Event Grid delivers one message twice: the relay sends it once.',
    group: 'trouble',
    steps: ({ nowMs }) => {
      const event = messageEvent('ChatMessageReceived', nowMs, 'You should see me once.');
      return [{ event }, { event, again: 0, pauses: 1 }];
    },
  },
  {
    id: 'poison',
    label: 'Poison event',
    hint: 'A call without a recipient: the relay dead-letters it and does not retry.',
    group: 'trouble',
    steps: ({ newId }) => {
      const { incoming } = callEvents(newId());
      const { to: _nobody, ...data } = incoming.data;
      return [{ event: { ...incoming, data } }];
    },
  },
];
