import { describe, expect, it } from 'vitest';
import { sentText, sentView } from '../../../../src/cli/send/outcome.ts';
import type { PushOutcome } from '../../../../src/notification-hubs/push-outcome.ts';
import type { SentPush } from '../../../../src/relay/send-push.ts';

const device = {
  recipientId: '8:acs:clinic_ada',
  deviceId: 'iphone-1',
  platform: 'apns',
  handle: 'a1'.repeat(32),
} as const;
const text = (outcome: PushOutcome, over: Partial<SentPush> = {}) =>
  sentText(sentView({ device, target: 'alert', handle: device.handle, tries: 1, outcome, ...over }));

const cases: readonly (readonly [PushOutcome, string])[] = [
  [
    { kind: 'accepted', notificationId: 'n-1' },
    `accepted       iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub has queued the push. It has not been displayed yet.
`,
  ],
  [
    { kind: 'rejected', status: 400, detail: 'HTTP 400: Payload is not JSON' },
    `rejected       iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub rejected this push permanently: HTTP 400: Payload is not JSON.
  Fix: Check with --dry-run that the request is as expected and that the handle belongs to this platform. Then let the app register again.
`,
  ],
  [
    { kind: 'throttled', status: 429, retryAfterMs: 29_001 },
    `throttled      iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub throttles requests (429) and asks to wait 30 s.
  Fix: Wait, then send again. If the problem persists, the tier of the namespace is too small, or another sender uses up its quota.
`,
  ],
  [
    { kind: 'throttled', status: 403 },
    `throttled      iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub throttles requests (403).
  Fix: Wait, then send again. If the problem persists, the tier of the namespace is too small, or another sender uses up its quota.
`,
  ],
  [
    { kind: 'unavailable', detail: 'not sent (ECONNREFUSED)' },
    `unavailable    iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub was unreachable or failed; nothing was sent: not sent (ECONNREFUSED).
  Fix: Check Endpoint in the connection string, the DNS and firewall of this machine, and the status of Azure. A secondary hub would take over.
`,
  ],
  [
    { kind: 'unknown', detail: 'no answer (TIMEOUT)' },
    `unknown        iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub did not respond, so the push may or may not arrive: no answer (TIMEOUT).
  Fix: Check the phone before you send again, and the network between this machine and the hub, such as a proxy.
`,
  ],
  [
    { kind: 'misconfigured', status: 401, detail: 'HTTP 401' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub rejected the key, or the hub does not exist: HTTP 401.
  Fix: Copy the connection string again from "Access Policies" of the hub: its key was regenerated or belongs to another hub. If it is current, correct the clock of this machine.
`,
  ],
  [
    { kind: 'misconfigured', status: 403, detail: 'HTTP 403' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub rejected the key, or the hub does not exist: HTTP 403.
  Fix: Use a policy with the Send right. If it already has it, check whether the quota of the tier is used up.
`,
  ],
  [
    { kind: 'misconfigured', status: 404, detail: 'HTTP 404' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub rejected the key, or the hub does not exist: HTTP 404.
  Fix: Check the hub name and Endpoint in the connection string: the namespace has no such hub.
`,
  ],
  [
    { kind: 'misconfigured', status: 407, detail: 'HTTP 407' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub rejected the key, or the hub does not exist: HTTP 407.
  Fix: Check Endpoint in the connection string: it is not a notification hub, or a proxy answers for it.
`,
  ],
  [
    { kind: 'expired' },
    `expired        iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The notification expired before the hub accepted it.
  Fix: Send again. If the problem persists, the hub responds too slowly, or RING_SECONDS is too small.
`,
  ],
];

describe('sentText', () => {
  it.each(cases)('explains %j and its fix', (outcome, expected) => {
    expect(text(outcome)).toBe(expected);
  });

  it('adds that an earlier try may have arrived, unless the outcome already says so', () => {
    const news = '  An earlier try got no response, so the push may still arrive.\n';
    const over = { tries: 3, mayHaveArrived: true } as const;
    expect(text({ kind: 'expired' }, over)).toContain(`3 tries, handle a1a1… (64 characters)\n`);
    expect(text({ kind: 'expired' }, over)).toContain(news);
    expect(text({ kind: 'accepted' }, over)).not.toContain(news);
    expect(text({ kind: 'unknown', detail: 'd' }, over)).not.toContain(news);
  });

  it('adds the failures before the secondary hub accepted the push', () => {
    const over = { tries: 2, via: 'secondary', failures: ['primary misconfigured'] } as const;
    const line = '  Earlier failures: primary misconfigured. "acs-relay doctor" checks both hubs.\n';
    expect(text({ kind: 'accepted' }, over)).toContain(line);
    expect(text({ kind: 'accepted' })).not.toContain('Before that');
    expect(text({ kind: 'expired' }, over)).not.toContain('Before that');
  });

  it('does not repeat the full stop of a hub', () => {
    expect(text({ kind: 'rejected', status: 400, detail: 'HTTP 400: No payload.' })).toContain(
      '  The hub rejected this push permanently: HTTP 400: No payload.\n',
    );
  });

  it('keeps a response from moving the cursor', () => {
    expect(text({ kind: 'unavailable', detail: 'a\u001b[2Jb' })).toContain('nothing was sent: a?[2Jb.\n');
  });
});
