import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import type { SendOptions } from '../../../../src/cli/send/devices.ts';
import { runSend } from '../../../../src/cli/send/send.ts';
import { emulatorConnectionString } from '../../../../src/local/hub-emulator/hub-emulator-options.ts';
import { type CliWorld, newUser, startCliWorld, steady } from '../../../support/start-cli-world.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await startCliWorld();
}, 60_000);
afterAll(() => world?.stop());

/** Registers both phones of a new user through the command line. */
async function addUser() {
  const user = newUser();
  const { userId, iphone, iphoneVoip, android } = user;
  const add = (...args: readonly string[]) => world.runWith({}, 'devices', 'add', userId, ...args);
  const phones = [
    await add('iphone', '--platform', 'apns', '--handle', iphone, '--voip-handle', iphoneVoip),
    await add('android', '--platform', 'fcmv1', '--handle', android),
  ];
  expect(phones.map(({ code, err }) => [code, err])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  return user;
}

/** A listener that ends every connection and counts them. */
async function startCounter() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}

const request = z.object({
  method: z.literal('POST'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  bodyBytes: z.number(),
});

/** What two requests of different moments have in common. */
const comparable = (headers: Readonly<Record<string, string>>, body: string) => {
  const { authorization, host, connection, 'content-length': length, ...rest } = headers;
  return JSON.parse(
    steady(JSON.stringify({ ...rest, body })).replace(/\b\d{10}\b|(?<=ttl\\*":\\*")\d+s/g, '<moment>'),
  );
};

describe('a dry run', () => {
  it('prints exactly the requests that are then sent, except ids, times, signature and handle', async () => {
    const user = await addUser();
    for (const kind of ['incoming-call', 'chat-message', 'call-ended']) {
      const args = ['send', '--user', user.userId, '--kind', kind, '--test', user.userId.slice(6, 42)];
      const { io, printed } = world.openIo({});
      const options: SendOptions = {
        user: user.userId,
        kind: kind === 'incoming-call' || kind === 'call-ended' ? kind : 'chat-message',
        test: user.userId.slice(6, 42),
        wait: 5,
        dryRun: true,
        json: true,
      };
      expect(await runSend(options, io)).toBe(0);
      const shown = printed.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const before = new Set([user.iphone, user.iphoneVoip, user.android].flatMap(world.got));
      expect(await world.runWith({}, ...args, '--yes')).toMatchObject({ code: 0 });
      const sent = [user.android, kind === 'incoming-call' ? user.iphoneVoip : user.iphone].map((handle) =>
        world.got(handle).find((push) => !before.has(push)),
      );
      for (const [index, push] of sent.entries()) {
        const { url, headers, body, bodyBytes } = request.parse(shown[index]);
        expect(url).toBe(`${world.url}/${push?.hub}/messages/?direct&api-version=2015-04`);
        expect(headers['authorization']).toMatch(
          /^SharedAccessSignature sr=\S+&sig=\(masked\)&se=\d+&skn=Default/,
        );
        expect([bodyBytes, push?.bodyBytes]).toEqual([Buffer.byteLength(body), bodyBytes]);
        const handle = push?.deviceHandles[0] ?? '';
        const name = 'servicebusnotification-devicehandle';
        const mask = `${handle.slice(0, 4)}… (${handle.length} characters)`;
        expect(comparable(headers, body)).toEqual(
          comparable({ ...push?.headers, [name]: mask }, push?.body ?? ''),
        );
      }
      expect(`${printed.out}${printed.err}`).not.toContain(user.iphone.slice(0, 12));
      expect(`${printed.out}${printed.err}`).not.toContain(user.android.slice(0, 12));
    }
  });

  it('connects to no hub, and with a handle to nothing', async () => {
    const user = await addUser();
    const hub = await startCounter();
    const hubs = { NOTIFICATION_HUB_CONNECTION_STRING: emulatorConnectionString(hub.url) };
    const registered = await world.runWith(
      hubs,
      'send',
      '--user',
      user.userId,
      '--kind',
      'missed-call',
      '--dry-run',
    );
    expect(registered).toMatchObject({ code: 0, err: '' });
    expect(registered.out).toMatch(/\nDry run, nothing was sent\.\n$/);
    const storage = await startCounter();
    const nowhere = {
      ...hubs,
      RELAY_STORAGE: `AccountName=devstoreaccount1;AccountKey=Zm9v;TableEndpoint=${storage.url}/devstoreaccount1;BlobEndpoint=${storage.url}/devstoreaccount1`,
    };
    const handle = ['--handle', user.android, '--platform', 'fcmv1'];
    const unregistered = ['send', '--user', user.userId, '--kind', 'chat-added', ...handle];
    expect(await world.runWith(nowhere, ...unregistered, '--dry-run')).toMatchObject({ code: 0, err: '' });
    expect([hub.connections(), storage.connections()]).toEqual([0, 0]);
  });
});

describe('a send', () => {
  it('delivers every kind to every device, through the right hub', async () => {
    const user = await addUser();
    const kinds = [
      ['incoming-call', 'voip'],
      ['missed-call', 'alert'],
      ['call-answered', 'background'],
      ['call-ended', 'background'],
      ['chat-message', 'alert'],
      ['chat-message-edited', 'alert'],
      ['chat-message-deleted', 'background'],
      ['chat-added', 'alert'],
      ['chat-removed', 'background'],
      ['chat-updated', 'background'],
    ] as const;
    for (const [kind] of kinds) {
      const { code } = await world.runWith({}, 'send', '--user', user.userId, '--kind', kind, '--yes');
      expect([kind, code]).toEqual([kind, 0]);
    }
    const contract = z.object({ acs: z.object({ kind: z.string() }) });
    const onIphone = [...world.got(user.iphoneVoip), ...world.got(user.iphone)].map(
      ({ hub, headers, body }) => [contract.parse(JSON.parse(body)).acs.kind, headers['apns-push-type'], hub],
    );
    expect(onIphone).toEqual(
      kinds.map(([kind, type]) => [kind, type, type === 'voip' ? 'relay-voip' : 'relay']),
    );
    const message = z.object({ message: z.object({ data: z.object({ acs: z.string() }) }) });
    const onAndroid = world
      .got(user.android)
      .map(
        ({ body }) =>
          z.object({ kind: z.string() }).parse(JSON.parse(message.parse(JSON.parse(body)).message.data.acs))
            .kind,
      );
    expect(onAndroid).toEqual(kinds.map(([kind]) => kind));
  });

  it('uses new ids every time, and those of an earlier test with --test', async () => {
    const user = await addUser();
    const only = ['--device', 'iphone'];
    const send = async (kind: string, ...more: readonly string[]) => {
      await world.runWith({}, 'send', '--user', user.userId, ...only, '--kind', kind, '--yes', ...more);
      const { 'apns-id': apnsId, 'apns-collapse-id': collapseId } =
        world.got(user.iphone).at(-1)?.headers ?? {};
      return { apnsId, collapseId };
    };
    const first = await send('chat-message');
    const second = await send('chat-message');
    expect(second.collapseId).not.toBe(first.collapseId);
    expect(second.apnsId).not.toBe(first.apnsId);
    const test = ['--test', '0000000a-1111-4222-8333-444444444444'];
    const message = await send('chat-message', ...test);
    const edit = await send('chat-message-edited', ...test);
    expect(edit.collapseId).toBe(message.collapseId);
    expect(message.collapseId).toMatch(/^659729\./);
    expect(edit.apnsId).not.toBe(message.apnsId);
    const again = await send('chat-message', ...test);
    expect(again.apnsId).not.toBe(message.apnsId);
    expect(await send('call-ended', ...test)).toMatchObject({
      collapseId: '0000000a-1111-4222-8333-444444444444',
    });
  });

  it('goes to an unregistered handle, with a PushKit token through the VoIP hub', async () => {
    const user = newUser();
    const send = ['send', '--user', user.userId, '--kind', 'incoming-call', '--yes', '--platform', 'apns'];
    expect(await world.runWith({}, ...send, '--handle', user.iphoneVoip, '--voip')).toMatchObject({
      code: 0,
    });
    expect(await world.runWith({}, ...send, '--handle', user.iphone)).toMatchObject({ code: 0 });
    expect(world.got(user.iphoneVoip).map(({ hub }) => hub)).toEqual(['relay-voip']);
    expect(world.got(user.iphone).map(({ hub }) => hub)).toEqual(['relay']);
  });

  it('goes to the secondary hub when the primary is unreachable', async () => {
    const user = newUser();
    const secondary = await startTestHub({ keys: { Send: 'k' }, clock: Date.now });
    const counter = await startCounter();
    const settings = {
      NOTIFICATION_HUB_CONNECTION_STRING: emulatorConnectionString(counter.url),
      NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING: `Endpoint=${secondary.url}/;SharedAccessKeyName=Send;SharedAccessKey=k`,
      NOTIFICATION_HUB_SECONDARY_NAME: 'relay',
    };
    const handle = ['--handle', user.android, '--platform', 'fcmv1'];
    const args = ['send', '--user', user.userId, '--kind', 'chat-message', ...handle, '--yes'];
    const ran = await world.runWith(settings, ...args);
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringContaining('accepted       not-registered  fcmv1, alert hub, 2 tries, handle fcm-…'),
    });
    expect(secondary.pushes.list().map(({ deviceHandles }) => deviceHandles)).toEqual([[user.android]]);
  });

  it('asks first, and sends nothing when the user declines', async () => {
    const user = await addUser();
    const options: SendOptions = { user: user.userId, kind: 'chat-message', wait: 5 };
    const questions: string[] = [];
    const answer = (yes: boolean) => async (question: string) => {
      questions.push(question);
      return yes;
    };
    const no = world.openIo({}, answer(false));
    expect(await runSend(options, no.io)).toBe(1);
    expect(no.printed).toEqual({ out: 'Nothing was sent.\n', err: '' });
    expect(world.got(user.iphone)).toEqual([]);
    const yes = world.openIo({}, answer(true));
    expect(await runSend({ ...options, device: 'iphone' }, yes.io)).toBe(0);
    expect(world.got(user.iphone)).toHaveLength(1);
    expect(questions).toEqual([
      'Send chat-message to 2 devices? (y/N) ',
      'Send chat-message to 1 device? (y/N) ',
    ]);
  });
});
