import { expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { parseEvent } from '../../../src/events/parse-event.ts';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import type { NotificationKind } from '../../../src/notifications/notification.ts';
import type { PushReport } from '../../../src/relay/event-report.ts';
import {
  type EventEnd,
  eventReference,
  eventTypeLabel,
  logEvent,
  logPush,
  pushEnd,
} from '../../../src/relay/observe.ts';
import type { LogLevel } from '../../../src/telemetry/logger.ts';
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

const attemptInto = (lines: unknown[]) => ({
  ref: 'c-1',
  log: (...line: unknown[]) => void lines.push(line),
});
const deps = { userReference: (id: string) => `hash of ${id}` };
const missedCall = {
  kind: 'missed-call',
  recipientId: '8:acs:ada',
  deviceId: 'iphone',
  platform: 'apns',
  target: 'alert',
  tries: 2,
  via: 'primary',
} as const;

it.each<[PushOutcome, LogLevel, object]>([
  [{ kind: 'accepted', trackingId: 't-1' }, 'info', { end: 'sent', outcome: 'accepted', trackingId: 't-1' }],
  [{ kind: 'expired' }, 'warn', { end: 'dead-lettered', outcome: 'expired' }],
  [{ kind: 'throttled', status: 429 }, 'warn', { end: 'deferred', outcome: 'throttled', status: 429 }],
  [
    { kind: 'unavailable', status: 503, detail: 'x' },
    'warn',
    { end: 'deferred', outcome: 'unavailable', status: 503, detail: 'x' },
  ],
  [
    { kind: 'unknown', detail: 'TIMEOUT' },
    'warn',
    { end: 'deferred', outcome: 'unknown', detail: 'TIMEOUT' },
  ],
  [
    { kind: 'rejected', status: 400, detail: 'x' },
    'error',
    { end: 'dead-lettered', outcome: 'rejected', status: 400, detail: 'x' },
  ],
  [
    { kind: 'misconfigured', status: 401, detail: 'x' },
    'error',
    { end: 'deferred', outcome: 'misconfigured', status: 401, detail: 'x' },
  ],
])('logPush writes the end, its level and its fields for %j', (outcome, level, fields) => {
  const lines: unknown[] = [];
  logPush(deps, attemptInto(lines), { ...missedCall, outcome });
  const common = {
    kind: 'missed-call',
    platform: 'apns',
    hub: 'alert',
    user: 'hash of 8:acs:ada',
    ref: 'c-1',
  };
  expect(lines).toEqual([[level, 'push', { ...common, tries: 2, retries: 1, via: 'primary', ...fields }]]);
});

it('logPush writes an error when the secondary hub accepted because the primary one is misconfigured', () => {
  const lines: unknown[] = [];
  logPush(deps, attemptInto(lines), {
    ...missedCall,
    kind: 'incoming-call',
    via: 'secondary',
    failures: ['primary misconfigured', 'secondary throttled'],
    ringLatencyMs: 900,
    outcome: { kind: 'accepted' },
  });
  expect(lines).toEqual([
    [
      'error',
      'push',
      expect.objectContaining({
        outcome: 'accepted',
        via: 'secondary',
        failures: 'primary misconfigured, secondary throttled',
        ringLatencyMs: 900,
      }),
    ],
  ]);
});

it('logPush writes no error when the secondary hub accepted because the primary one was throttled', () => {
  const lines: unknown[] = [];
  logPush(deps, attemptInto(lines), {
    ...missedCall,
    via: 'secondary',
    failures: ['primary throttled'],
    outcome: { kind: 'accepted' },
  });
  expect(lines).toEqual([['info', 'push', expect.objectContaining({ failures: 'primary throttled' })]]);
});

it.each(['incoming-call', 'call-answered', 'call-ended'] as const)(
  'logPush writes skipped for a %s that came too late',
  (kind) => {
    const lines: unknown[] = [];
    logPush(deps, attemptInto(lines), {
      kind,
      recipientId: 'r',
      deviceId: 'd',
      platform: 'fcmv1',
      target: 'alert',
      tries: 0,
      outcome: { kind: 'expired' },
    });
    expect(lines).toEqual([
      ['warn', 'push', expect.objectContaining({ end: 'skipped', tries: 0, retries: 0 })],
    ]);
  },
);

it.each<[NotificationKind, PushReport['outcome'], ReturnType<typeof pushEnd>]>([
  ['incoming-call', { kind: 'accepted' }, 'sent'],
  ['incoming-call', { kind: 'expired' }, 'skipped'],
  ['incoming-call', { kind: 'rejected', status: 400, detail: 'x' }, 'dead-lettered'],
  ['incoming-call', { kind: 'unknown', detail: 'x' }, 'deferred'],
  ['call-ended', { kind: 'rejected', status: 400, detail: 'x' }, 'dead-lettered'],
  ['chat-message', { kind: 'expired' }, 'dead-lettered'],
  ['chat-message', { kind: 'throttled', status: 429 }, 'deferred'],
])('pushEnd of a %s with the outcome %j is %s', (kind, outcome, end) => {
  expect(
    pushEnd({
      kind,
      outcome,
      recipientId: 'r',
      deviceId: 'd',
      platform: 'apns',
      target: 'alert',
      tries: 1,
    }),
  ).toBe(end);
});
