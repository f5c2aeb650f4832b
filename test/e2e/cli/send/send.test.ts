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
  it('tells what came of each device', async () => {
    const user = await addUser();
    world.faults.set(user.android, { answer: { status: 400, detail: 'The payload is wrong.' } });
    expect(
      await world.runWith({}, 'send', '--user', user.userId, '--kind', 'incoming-call', '--yes'),
    ).toEqual({
      code: 1,
      out: `accepted       iphone  apns, voip hub, 1 try, handle b2b2… (64 characters)
  The hub has queued it. It is not shown yet.

rejected       pixel  fcmv1, alert hub, 1 try, handle fcm-… (68 characters)
  The hub refused this push for good: HTTP 400: The payload is wrong.
  To mend: See with --dry-run whether the request is what you expect, and whether the handle is one of this platform. Let the app register again.

incoming-call, test <id>: the hub took 1 of 2 pushes.
`,
      err: '',
    });
  });

  it('says what to look at when all were accepted', async () => {
    const user = await addUser();
    const args = ['send', '--user', user.userId, '--kind', 'missed-call', '--device', 'pixel', '--yes'];
    expect(await world.runWith({}, ...args)).toEqual({
      code: 0,
      out: `accepted       pixel  fcmv1, alert hub, 1 try, handle fcm-… (68 characters)
  The hub has queued it. It is not shown yet.

missed-call, test <id>: the hub took 1 of 1 push.
If nothing comes to a phone within a minute, look at the errors in the metrics of the hub: it answers before it talks to APNs or FCM.
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
        meaning: 'The hub has queued it. It is not shown yet.',
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
        meaning: 'The hub does not let this key in, or does not exist: HTTP 404: No such hub.',
        mend: 'Check the name of the hub and Endpoint in the connection string: there is no such hub in that namespace.',
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

  it('cannot be used without a yes, a device, or a valid option', async () => {
    const user = await addUser();
    const send = ['send', '--user', user.userId, '--kind'];
    const unusable = async (...args: readonly string[]) => {
      const { code, out, err } = await world.runWith({}, ...args);
      expect([code, out]).toEqual([2, '']);
      return err;
    };
    expect(await unusable(...send, 'missed-call')).toBe(
      'acs-relay: There is no terminal to ask at. Look at the requests with --dry-run, and add --yes to send them.\n',
    );
    expect(await unusable(...send, 'missed-call', '--device', 'ipad')).toBe(
      'acs-relay: This user has no such device. See "acs-relay devices list".\n',
    );
    expect(await unusable(...send, 'missed-call', '--text', 'x')).toBe(
      'acs-relay: --text is for the kinds chat-message and chat-message-edited.\n',
    );
    expect(await unusable(...send, 'missed-call', '--test', '12')).toBe(
      'acs-relay: --test is the id that an earlier send printed, such as 7d1c0d1e-….\n',
    );
    expect(await unusable(...send, 'ring')).toContain('Give one of incoming-call, missed-call,');
    expect(await unusable(...send, 'missed-call', '--wait', '26')).toContain('whole seconds from 1 to 25.');
    const { code, err } = await world.runWith(
      { NOTIFICATION_HUB_VOIP_NAME: '' },
      ...[...send, 'incoming-call', '--handle', user.iphone, '--platform', 'apns', '--voip', '--yes'],
    );
    expect([code, err]).toEqual([
      2,
      'acs-relay: There is no VoIP hub: set NOTIFICATION_HUB_VOIP_NAME, or leave --voip out.\n',
    ]);
  });

  it('ends by itself as a program', async () => {
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
  const end = 'chat-message, test <id>: the hub took 0 of 1 push.\n';

  it.each([
    [
      'throttled',
      { status: 429, retryAfter: '60' },
      `  The hub takes no more for now (429), and asks for 60 s of pause.
  To mend: Wait, and send again. If it stays so, the tier of the namespace is too small, or something sends too much.
`,
    ],
    [
      'unavailable',
      { status: 503, retryAfter: '60', detail: 'Busy.' },
      `  The hub could not be reached, or failed; nothing was sent: HTTP 503: Busy.
  To mend: Check Endpoint in the connection string, DNS and firewall of this machine, and the state of Azure. A secondary hub would have stood in.
`,
    ],
    [
      'misconfigured',
      { status: 403, detail: 'No claims.' },
      `  The hub does not let this key in, or does not exist: HTTP 403: No claims.
  To mend: Use a policy with the Send right. If it has it, look whether the quota of the tier is used up.
`,
    ],
  ] as const)('says %s for %j', async (outcome, answer, text) => {
    const user = newUser();
    world.faults.set(user.android, { answer });
    expect(await sendTo(user, {})).toEqual({ code: 1, out: `${line(outcome)}${text}\n${end}`, err: '' });
  });

  it('says misconfigured for a key that was changed', async () => {
    const key = `Endpoint=${world.url}/;SharedAccessKeyName=Send;SharedAccessKey=old`;
    const ran = await sendTo(newUser(), { NOTIFICATION_HUB_CONNECTION_STRING: key });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /^misconfigured .*\n {2}The hub does not let this key in, or does not exist: HTTP 401: .*\n {2}To mend: Copy the connection string again from "Access Policies"/,
    );
  });

  it('says unavailable when nobody listens', async () => {
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
      /^unavailable .*\n {2}The hub could not be reached, or failed; nothing was sent: not sent \(ECONNREFUSED\)\.\n/,
    );
  });

  it('says unknown when no answer came', async () => {
    const user = newUser();
    world.faults.set(user.android, { answer: 'none' });
    expect(await sendTo(user, {})).toEqual({
      code: 1,
      out: `${line('unknown')}  The hub did not answer, so the push may come or not: sent, but no answer (TIMEOUT).
  To mend: Look at the phone before you send again. Check what stands between this machine and the hub, such as a proxy.

${end}`,
      err: '',
    });
  });

  it('says expired when the ring was over first', async () => {
    const user = newUser();
    world.faults.set(user.android, { answer: 'none' });
    const args = ['send', '--user', user.userId, '--kind', 'incoming-call', '--yes', '--wait', '25'];
    const handle = ['--handle', user.android, '--platform', 'fcmv1'];
    expect(await world.runWith({ RING_SECONDS: '5' }, ...args, ...handle)).toEqual({
      code: 1,
      out: `${line('expired')}  Its time was over before the hub took it.
  An earlier try got no answer, so it may come all the same.
  To mend: Send again. If it stays so, the hub answers too slowly, or RING_SECONDS is too small.

incoming-call, test <id>: the hub took 0 of 1 push.
`,
      err: '',
    });
  });
});
