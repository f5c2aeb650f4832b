import { expect, it } from 'vitest';
import type { NotificationKind } from '../../../src/notifications/notification.ts';
import type { PushReport } from '../../../src/relay/event-report.ts';
import { pushEnd } from '../../../src/relay/observe-push.ts';

it.each<[NotificationKind, PushReport['outcome'], ReturnType<typeof pushEnd>]>([
  ['incoming-call', { kind: 'accepted' }, 'sent'],
  ['incoming-call', { kind: 'expired' }, 'skipped'],
  ['incoming-call', { kind: 'rejected', status: 400, detail: 'x' }, 'dead-lettered'],
  ['incoming-call', { kind: 'unknown', detail: 'x' }, 'deferred'],
  ['call-ended', { kind: 'rejected', status: 400, detail: 'x' }, 'dead-lettered'],
  ['chat-message', { kind: 'expired' }, 'dead-lettered'],
  ['chat-message', { kind: 'throttled', status: 429 }, 'deferred'],
])('a %s that is %j is %s', (kind, outcome, end) => {
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
