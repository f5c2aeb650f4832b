import { expect, it } from 'vitest';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import { logPush } from '../../../src/relay/log-push.ts';
import type { LogLevel } from '../../../src/telemetry/logger.ts';

it.each<[PushOutcome, LogLevel, object]>([
  [{ kind: 'accepted', trackingId: 't-1' }, 'info', { outcome: 'accepted', trackingId: 't-1' }],
  [{ kind: 'expired' }, 'warn', { outcome: 'expired' }],
  [{ kind: 'throttled', status: 429 }, 'warn', { outcome: 'throttled', status: 429 }],
  [
    { kind: 'unavailable', status: 503, detail: 'x' },
    'warn',
    { outcome: 'unavailable', status: 503, detail: 'x' },
  ],
  [{ kind: 'unknown', detail: 'TIMEOUT' }, 'warn', { outcome: 'unknown', detail: 'TIMEOUT' }],
  [
    { kind: 'rejected', status: 400, detail: 'x' },
    'error',
    { outcome: 'rejected', status: 400, detail: 'x' },
  ],
  [
    { kind: 'misconfigured', status: 401, detail: 'x' },
    'error',
    { outcome: 'misconfigured', status: 401, detail: 'x' },
  ],
])('%j', (outcome, level, fields) => {
  const lines: unknown[] = [];
  const attempt = {
    functionName: 'relayCalls',
    owner: 'o',
    budgetEndsMs: 0,
    log: (...line: unknown[]) => lines.push(line),
  };
  logPush({ userReference: (id) => `hash of ${id}` }, attempt, {
    kind: 'missed-call',
    recipientId: '8:acs:ada',
    deviceId: 'iphone',
    platform: 'apns',
    target: 'alert',
    tries: 2,
    outcome,
  });
  const common = { kind: 'missed-call', platform: 'apns', hub: 'alert', user: 'hash of 8:acs:ada', tries: 2 };
  expect(lines).toEqual([[level, 'push', { ...common, ...fields }]]);
});
