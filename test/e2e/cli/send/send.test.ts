import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, newUser, startCliWorld } from '../../../support/start-cli-world.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await startCliWorld();
}, 60_000);
afterAll(() => world?.stop());

/** A user with an iPhone and an Android phone. */
async function addUser() {
  const user = newUser();
  const add = (...args: readonly string[]) => world.runWith({}, 'devices', 'add', user.userId, ...args);
  await add('iphone', '--platform', 'apns', '--handle', user.iphone, '--voip-handle', user.iphoneVoip);
  await add('pixel', '--platform', 'fcmv1', '--handle', user.android);
  return user;
}

/** Sends to one unregistered Android handle, with settings of its own. */
async function sendTo(user: ReturnType<typeof newUser>, over: Record<string, string>, ...args: string[]) {
  const handle = ['--handle', user.android, '--platform', 'fcmv1', '--yes', '--wait', '1'];
  return world.runWith(over, 'send', '--user', user.userId, '--kind', 'chat-message', ...handle, ...args);
}

describe('acs-relay send', () => {
  it('prints the result of each device', async () => {
    const user = await addUser();
    world.faults.set(user.android, { answer: { status: 400, detail: 'The payload is wrong.' } });
    expect(
      await world.runWith({}, 'send', '--user', user.userId, '--kind', 'incoming-call', '--yes'),
    ).toEqual({
      code: 1,
      out: `accepted       iphone  apns, voip hub, 1 try, handle b2b2… (64 characters)
  The hub has queued the push. It has not been displayed yet.

rejected       pixel  fcmv1, alert hub, 1 try, handle fcm-… (68 characters)
  The hub rejected this push permanently: HTTP 400: The payload is wrong.
  Fix: Check with --dry-run that the request is as expected and that the handle belongs to this platform. Then let the app register again.

incoming-call, test <id>: the hub accepted 1 of 2 pushes.
`,
      err: '',
    });
  });

  it('prints where to look when all pushes were accepted', async () => {
    const user = await addUser();
    const args = ['send', '--user', user.userId, '--kind', 'missed-call', '--device', 'pixel', '--yes'];
    expect(await world.runWith({}, ...args)).toEqual({
      code: 0,
      out: `accepted       pixel  fcmv1, alert hub, 1 try, handle fcm-… (68 characters)
  The hub has queued the push. It has not been displayed yet.

missed-call, test <id>: the hub accepted 1 of 1 push.
If a phone shows nothing within a minute, check the errors in the metrics of the hub: it responds before it contacts APNs or FCM.
`,
      err: '',
    });
  });

  it('prints JSON lines', async () => {
    const user = await addUser();
    world.faults.set(user.android, { answer: { status: 404, detail: 'No such hub.' } });
    const { code, out, err } = await world.runWith(
      {},
      ...['send', '--user', user.userId, '--kind', 'chat-added', '--yes', '--json', '--wait', '1'],
    );
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        test: '<id>',
        kind: 'chat-added',
        deviceId: 'iphone',
        platform: 'apns',
        hub: 'alert',
        handle: 'a1a1… (64 characters)',
        outcome: { kind: 'accepted', notificationId: '<id>', trackingId: '<id>' },
        tries: 1,
        via: 'primary',
        meaning: 'The hub has queued the push. It has not been displayed yet.',
      },
      {
        test: '<id>',
        kind: 'chat-added',
        deviceId: 'pixel',
        platform: 'fcmv1',
        hub: 'alert',
        handle: 'fcm-… (68 characters)',
        outcome: { kind: 'misconfigured', status: 404, detail: 'HTTP 404: No such hub.' },
        tries: 1,
        via: 'primary',
        failures: ['primary misconfigured'],
        meaning: 'The hub rejected the key, or the hub does not exist: HTTP 404: No such hub.',
        mend: 'Check the hub name and Endpoint in the connection string: the namespace has no such hub.',
      },
    ]);
  });

  it('prints the requests of a dry run', async () => {
    const user = await addUser();
    const args = ['send', '--user', user.userId, '--kind', 'chat-message', '--caller-name', 'Åsa'];
    const { code, out, err } = await world.runWith({}, ...args, '--text', 'Hej', '--dry-run');
    const steady = out
      .replaceAll(user.userId.replace(/[0-9a-f-]{36}/, '<id>'), '<user>')
      .replaceAll(world.url, '<hub>')
      .replaceAll(encodeURIComponent(world.url), '<hub>')
      .replace(/(?<=expiration: |se=|"messageId\\*":\\*"|collapse-id: |"tag":")\d+/g, '<number>')
      .replace(/(?<=<number>\.)[\w-]{16}/g, '<thread>')
      .replace(/(?<="ttl":")\d+/, '<seconds>')
      .replace(/\d+(?= of 4,096)/g, '<size>');
    expect({ code, out: steady, err }).toEqual({
      code: 0,
      out: `POST <hub>/relay/messages/?direct&api-version=2015-04
servicebusnotification-format: apple
apns-push-type: alert
apns-priority: 10
apns-expiration: <number>
apns-collapse-id: <number>.<thread>
apns-id: <id>
servicebusnotification-devicehandle: a1a1… (64 characters)
content-type: application/json;charset=utf-8
authorization: SharedAccessSignature sr=<hub>%2F&sig=(masked)&se=<number>&skn=DefaultFullSharedAccessSignature

{"aps":{"alert":{"title":"Åsa","body":"Hej"},"thread-id":"19:acs-relay-test-<id>@thread.v2","mutable-content":1,"category":"ACS_CHAT_MESSAGE"},"acs":{"v":1,"kind":"chat-message","id":"<id>","recipientId":"<user>","sentAt":"<time>","expiresAt":"<time>","threadId":"19:acs-relay-test-<id>@thread.v2","messageId":"<number>","senderId":"8:acs:acs-relay-test","senderName":"Åsa"}}

<size> of 4,096 bytes

POST <hub>/relay/messages/?direct&api-version=2015-04
servicebusnotification-format: fcmv1
servicebusnotification-devicehandle: fcm-… (68 characters)
content-type: application/json;charset=utf-8
authorization: SharedAccessSignature sr=<hub>%2F&sig=(masked)&se=<number>&skn=DefaultFullSharedAccessSignature

{"message":{"notification":{"title":"Åsa","body":"Hej"},"data":{"acs":"{\\"v\\":1,\\"kind\\":\\"chat-message\\",\\"id\\":\\"<id>\\",\\"recipientId\\":\\"<user>\\",\\"sentAt\\":\\"<time>\\",\\"expiresAt\\":\\"<time>\\",\\"threadId\\":\\"19:acs-relay-test-<id>@thread.v2\\",\\"messageId\\":\\"<number>\\",\\"senderId\\":\\"8:acs:acs-relay-test\\",\\"senderName\\":\\"Åsa\\"}"},"android":{"priority":"high","ttl":"<seconds>s","collapse_key":"acs-chat","notification":{"tag":"<number>.<thread>"}}}}

<size> of 4,096 bytes

Dry run, nothing was sent.
`,
      err: '',
    });
  });

  it('exits with 2 without --yes, a device, or a valid option', async () => {
    const user = await addUser();
    const send = ['send', '--user', user.userId, '--kind'];
    const unusable = async (...args: readonly string[]) => {
      const { code, out, err } = await world.runWith({}, ...args);
      expect([code, out]).toEqual([2, '']);
      return err;
    };
    expect(await unusable(...send, 'missed-call')).toBe(
      'acs-relay: Cannot ask for confirmation without a terminal. Review the requests with --dry-run, then add --yes to send them.\n',
    );
    expect(await unusable(...send, 'missed-call', '--device', 'ipad')).toBe(
      'acs-relay: This user has no such device. See "acs-relay devices list".\n',
    );
    expect(await unusable(...send, 'missed-call', '--text', 'x')).toBe(
      'acs-relay: --text is only valid with --kind chat-message or chat-message-edited.\n',
    );
    expect(await unusable(...send, 'missed-call', '--test', '12')).toBe(
      'acs-relay: --test must be the id that an earlier send printed, such as 7d1c0d1e-….\n',
    );
    expect(await unusable(...send, 'ring')).toContain('Give one of incoming-call, missed-call,');
    expect(await unusable(...send, 'missed-call', '--wait', '26')).toContain('whole seconds from 1 to 25.');
    const { code, err } = await world.runWith(
      { NOTIFICATION_HUB_VOIP_NAME: '' },
      ...[...send, 'incoming-call', '--handle', user.iphone, '--platform', 'apns', '--voip', '--yes'],
    );
    expect([code, err]).toEqual([
      2,
      'acs-relay: No VoIP hub is configured. Set NOTIFICATION_HUB_VOIP_NAME, or omit --voip.\n',
    ]);
  });

  it('exits as a program', async () => {
    const user = await addUser();
    const program = join(import.meta.dirname, '../../../../src/cli/main.ts');
    const { io } = world.openIo({});
    const args = [program, 'send', '--user', user.userId, '--kind', 'chat-updated', '--yes'];
    const ended = await new Promise((resolve) => {
      const options = { cwd: io.cwd, env: { PATH: process.env['PATH'] } };
      execFile(process.execPath, args, options, (error, _out, err) => resolve({ code: error?.code, err }));
    });
    expect(ended).toEqual({ code: undefined, err: '' });
    expect([world.got(user.iphone).length, world.got(user.android).length]).toEqual([1, 1]);
  }, 60_000);
});

describe('each other outcome of acs-relay send', () => {
  const line = (outcome: string, tries = '1 try') =>
    `${outcome.padEnd(13)}  not-registered  fcmv1, alert hub, ${tries}, handle fcm-… (68 characters)\n`;
  const end = 'chat-message, test <id>: the hub accepted 0 of 1 push.\n';

  it.each([
    [
      'throttled',
      { status: 429, retryAfter: '60' },
      `  The hub throttles requests (429) and asks to wait 60 s.
  Fix: Wait, then send again. If the problem persists, the tier of the namespace is too small, or another sender uses up its quota.
`,
    ],
    [
      'unavailable',
      { status: 503, retryAfter: '60', detail: 'Busy.' },
      `  The hub was unreachable or failed; nothing was sent: HTTP 503: Busy.
  Fix: Check Endpoint in the connection string, the DNS and firewall of this machine, and the status of Azure. A secondary hub would take over.
`,
    ],
    [
      'misconfigured',
      { status: 403, detail: 'No claims.' },
      `  The hub rejected the key, or the hub does not exist: HTTP 403: No claims.
  Fix: Use a policy with the Send right. If it already has it, check whether the quota of the tier is used up.
`,
    ],
  ] as const)('says %s for %j', async (outcome, answer, text) => {
    const user = newUser();
    world.faults.set(user.android, { answer });
    expect(await sendTo(user, {})).toEqual({ code: 1, out: `${line(outcome)}${text}\n${end}`, err: '' });
  });

  it('prints misconfigured for a regenerated key', async () => {
    const key = `Endpoint=${world.url}/;SharedAccessKeyName=Send;SharedAccessKey=old`;
    const ran = await sendTo(newUser(), { NOTIFICATION_HUB_CONNECTION_STRING: key });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /^misconfigured .*\n {2}The hub rejected the key, or the hub does not exist: HTTP 401: .*\n {2}Fix: Copy the connection string again from "Access Policies"/,
    );
  });

  it('prints unavailable when nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    server.close();
    await once(server, 'close');
    const gone = `Endpoint=http://127.0.0.1:${port}/;SharedAccessKeyName=Send;SharedAccessKey=k`;
    const ran = await sendTo(newUser(), { NOTIFICATION_HUB_CONNECTION_STRING: gone });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /^unavailable .*\n {2}The hub was unreachable or failed; nothing was sent: not sent \(ECONNREFUSED\)\.\n/,
    );
  });

  it('prints unknown without a response', async () => {
    const user = newUser();
    world.faults.set(user.android, { answer: 'none' });
    expect(await sendTo(user, {})).toEqual({
      code: 1,
      out: `${line('unknown')}  The hub did not respond, so the push may or may not arrive: sent, but no answer (TIMEOUT).
  Fix: Check the phone before you send again, and the network between this machine and the hub, such as a proxy.

${end}`,
      err: '',
    });
  });

  it('prints expired when the ring ended first', async () => {
    const user = newUser();
    world.faults.set(user.android, { answer: 'none' });
    const args = ['send', '--user', user.userId, '--kind', 'incoming-call', '--yes', '--wait', '25'];
    const handle = ['--handle', user.android, '--platform', 'fcmv1'];
    expect(await world.runWith({ RING_SECONDS: '5' }, ...args, ...handle)).toEqual({
      code: 1,
      out: `${line('expired')}  The notification expired before the hub accepted it.
  An earlier try got no response, so the push may still arrive.
  Fix: Send again. If the problem persists, the hub responds too slowly, or RING_SECONDS is too small.

incoming-call, test <id>: the hub accepted 0 of 1 push.
`,
      err: '',
    });
  });
});
