import { expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { parseEvent } from '../../../src/events/parse-event.ts';
import type { PushReport } from '../../../src/relay/event-report.ts';
import { type EventEnd, eventReference, eventTypeLabel, logEvent } from '../../../src/relay/observe-event.ts';
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
])('eventReference of a %s names its call, message or thread', (type, data, about) => {
  const parsed = parseEvent(eventGridEvent(type, data), 0);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  expect(eventReference((kind, ...ids) => [kind, ...ids].join(' '), parsed.event)).toBe(about);
});

it.each([
  ['Microsoft.Communication.IncomingCall', 'Microsoft.Communication.IncomingCall'],
  ['Microsoft.Communication.NotYetInvented', 'other'],
  ['toString', 'other'],
  [undefined, 'other'],
])('eventTypeLabel of %s is %s', (type, label) => {
  expect(eventTypeLabel(type)).toBe(label);
});

const identity = { source: '/s', id: 'e', type: 'T' };
const push = (kind: 'accepted' | 'expired'): PushReport => ({
  kind: 'chat-message',
  recipientId: 'r',
  deviceId: 'd',
  platform: 'apns',
  target: 'alert',
  tries: 1,
  outcome: { kind },
});
const error = new RelayError({ code: 'EVENT_DATA_INVALID', class: 'user', message: 'to: is missing' });

it.each<[EventEnd, string, object]>([
  [
    { kind: 'pushed', identity, pushes: [push('accepted'), push('expired')], settled: true },
    'info',
    { end: 'pushed', type: 'T', pushes: 2, accepted: 1, settled: true },
  ],
  [
    { kind: 'pushed', identity, pushes: [], settled: false },
    'warn',
    { end: 'pushed', type: 'T', pushes: 0, accepted: 0, settled: false },
  ],
  [
    { kind: 'pushed', identity, pushes: [push('accepted')], settled: true, degraded: true },
    'info',
    { end: 'pushed', type: 'T', pushes: 1, accepted: 1, settled: true, degraded: true },
  ],
  [{ kind: 'deferred', identity, reason: 'busy' }, 'info', { end: 'deferred', type: 'T', reason: 'busy' }],
  [
    { kind: 'deferred', identity, reason: 'STORAGE_UNAVAILABLE' },
    'error',
    { end: 'deferred', type: 'T', reason: 'STORAGE_UNAVAILABLE' },
  ],
  [
    { kind: 'skipped', identity, reason: 'answered' },
    'info',
    { end: 'skipped', type: 'T', reason: 'answered' },
  ],
  [
    { kind: 'ignored', identity, reason: 'foreign' },
    'info',
    { end: 'ignored', type: 'T', reason: 'foreign' },
  ],
  [
    { kind: 'poison', identity, error },
    'error',
    { end: 'poison', type: 'T', reason: 'EVENT_DATA_INVALID', detail: 'to: is missing' },
  ],
  [
    { kind: 'poison', error },
    'error',
    { end: 'poison', reason: 'EVENT_DATA_INVALID', detail: 'to: is missing' },
  ],
])('logEvent writes the end, its level and its fields for %j', (end, level, fields) => {
  const lines: unknown[] = [];
  const attempt = {
    functionName: 'relayChat',
    owner: 'o',
    budgetEndsMs: 0,
    log: (...line: unknown[]) => lines.push(line),
  };
  logEvent(attempt, end, { ref: 'm-1', ageMs: 1_500, durationMs: 20 });
  const common = { function: 'relayChat', ref: 'm-1', ageMs: 1_500, durationMs: 20 };
  expect(lines).toEqual([[level, 'event', { ...common, ...fields }]]);
});
