import { expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/relay-error.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';
import { logEvent } from '../../../src/relay/log-event.ts';
import type { PushReport } from '../../../src/relay/push-report.ts';

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

it.each<[EventReport, string, object]>([
  [
    { end: 'pushed', identity, pushes: [push('accepted'), push('expired')], settled: true },
    'info',
    { end: 'pushed', type: 'T', pushes: 2, accepted: 1, settled: true },
  ],
  [
    { end: 'pushed', identity, pushes: [], settled: false },
    'warn',
    { end: 'pushed', type: 'T', pushes: 0, accepted: 0, settled: false },
  ],
  [{ end: 'deferred', identity, reason: 'busy' }, 'info', { end: 'deferred', type: 'T', reason: 'busy' }],
  [
    { end: 'skipped', identity, reason: 'answered' },
    'info',
    { end: 'skipped', type: 'T', reason: 'answered' },
  ],
  [{ end: 'ignored', identity, reason: 'foreign' }, 'info', { end: 'ignored', type: 'T', reason: 'foreign' }],
  [
    { end: 'poison', identity, error },
    'error',
    { end: 'poison', type: 'T', reason: 'EVENT_DATA_INVALID', detail: 'to: is missing' },
  ],
  [
    { end: 'poison', error },
    'error',
    { end: 'poison', reason: 'EVENT_DATA_INVALID', detail: 'to: is missing' },
  ],
])('%j', (report, level, fields) => {
  const lines: unknown[] = [];
  const attempt = {
    functionName: 'relayChat',
    owner: 'o',
    budgetEndsMs: 0,
    log: (...line: unknown[]) => lines.push(line),
  };
  logEvent(attempt, report);
  expect(lines).toEqual([[level, 'event', { function: 'relayChat', ...fields }]]);
});
