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
  The hub has queued it. It is not shown yet.
`,
  ],
  [
    { kind: 'rejected', status: 400, detail: 'HTTP 400: Payload is not JSON' },
    `rejected       iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub refused this push for good: HTTP 400: Payload is not JSON.
  To mend: See with --dry-run whether the request is what you expect, and whether the handle is one of this platform. Let the app register again.
`,
  ],
  [
    { kind: 'throttled', status: 429, retryAfterMs: 29_001 },
    `throttled      iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub takes no more for now (429), and asks for 30 s of pause.
  To mend: Wait, and send again. If it stays so, the tier of the namespace is too small, or something sends too much.
`,
  ],
  [
    { kind: 'throttled', status: 403 },
    `throttled      iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub takes no more for now (403).
  To mend: Wait, and send again. If it stays so, the tier of the namespace is too small, or something sends too much.
`,
  ],
  [
    { kind: 'unavailable', detail: 'not sent (ECONNREFUSED)' },
    `unavailable    iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub could not be reached, or failed; nothing was sent: not sent (ECONNREFUSED).
  To mend: Check Endpoint in the connection string, DNS and firewall of this machine, and the state of Azure. A secondary hub would have stood in.
`,
  ],
  [
    { kind: 'unknown', detail: 'no answer (TIMEOUT)' },
    `unknown        iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub did not answer, so the push may come or not: no answer (TIMEOUT).
  To mend: Look at the phone before you send again. Check what stands between this machine and the hub, such as a proxy.
`,
  ],
  [
    { kind: 'misconfigured', status: 401, detail: 'HTTP 401' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub does not let this key in, or does not exist: HTTP 401.
  To mend: Copy the connection string again from "Access Policies" of the hub: its key was changed, or is another hub's. If it is the right one, set the clock of this machine.
`,
  ],
  [
    { kind: 'misconfigured', status: 403, detail: 'HTTP 403' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub does not let this key in, or does not exist: HTTP 403.
  To mend: Use a policy with the Send right. If it has it, look whether the quota of the tier is used up.
`,
  ],
  [
    { kind: 'misconfigured', status: 404, detail: 'HTTP 404' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub does not let this key in, or does not exist: HTTP 404.
  To mend: Check the name of the hub and Endpoint in the connection string: there is no such hub in that namespace.
`,
  ],
  [
    { kind: 'misconfigured', status: 407, detail: 'HTTP 407' },
    `misconfigured  iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  The hub does not let this key in, or does not exist: HTTP 407.
  To mend: Check Endpoint in the connection string: what answers there is no hub, or a proxy stands before it.
`,
  ],
  [
    { kind: 'expired' },
    `expired        iphone-1  apns, alert hub, 1 try, handle a1a1… (64 characters)
  Its time was over before the hub took it.
  To mend: Send again. If it stays so, the hub answers too slowly, or RING_SECONDS is too small.
`,
  ],
];

describe('sentText', () => {
  it.each(cases)('says what %j means, and the step that mends it', (outcome, expected) => {
    expect(text(outcome)).toBe(expected);
  });

  it('says that an earlier try may have arrived, where that is news', () => {
    const news = '  An earlier try got no answer, so it may come all the same.\n';
    const over = { tries: 3, mayHaveArrived: true } as const;
    expect(text({ kind: 'expired' }, over)).toContain(`3 tries, handle a1a1… (64 characters)\n`);
    expect(text({ kind: 'expired' }, over)).toContain(news);
    expect(text({ kind: 'accepted' }, over)).not.toContain(news);
    expect(text({ kind: 'unknown', detail: 'd' }, over)).not.toContain(news);
  });

  it('says what failed before the secondary hub took it', () => {
    const over = { tries: 2, via: 'secondary', failures: ['primary misconfigured'] } as const;
    const line = '  Before that it failed: primary misconfigured. "acs-relay doctor" looks at both hubs.\n';
    expect(text({ kind: 'accepted' }, over)).toContain(line);
    expect(text({ kind: 'accepted' })).not.toContain('Before that');
    expect(text({ kind: 'expired' }, over)).not.toContain('Before that');
  });

  it('ends with one full stop what a hub ended with one', () => {
    expect(text({ kind: 'rejected', status: 400, detail: 'HTTP 400: No payload.' })).toContain(
      '  The hub refused this push for good: HTTP 400: No payload.\n',
    );
  });

  it('lets nothing of an answer move the cursor', () => {
    expect(text({ kind: 'unavailable', detail: 'a\u001b[2Jb' })).toContain('nothing was sent: a?[2Jb.\n');
  });
});
