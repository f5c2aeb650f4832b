import { expect, it } from 'vitest';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import type { NotificationKind } from '../../../src/notifications/notification.ts';
import type { PushReport } from '../../../src/relay/event-report.ts';
import { logPush, pushEnd } from '../../../src/relay/observe-push.ts';
import type { LogLevel } from '../../../src/telemetry/logger.ts';

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
