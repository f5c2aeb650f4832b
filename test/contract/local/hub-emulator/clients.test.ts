import {
  createAppleNotification,
  createFcmV1Notification,
  type Notification,
  NotificationHubsClient,
  type NotificationHubsClientOptions,
} from '@azure/notification-hubs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HubConnection } from '../../../../src/config/hub-connection.ts';
import { emulatorKey, emulatorKeyName } from '../../../../src/local/hub-emulator/hub-emulator-options.ts';
import type { ReceivedPush } from '../../../../src/local/hub-emulator/hub-record.ts';
import { type HubEmulator, startHubEmulator } from '../../../../src/local/hub-emulator/start-hub-emulator.ts';
import { createDirectSendClient } from '../../../../src/notification-hubs/direct-send-client.ts';
import { createHubTransports } from '../../../../src/notification-hubs/transports/hub-transports.ts';

// The same pushes over real sockets: by Microsoft's client, by ours over each transport. The hub must judge them alike.

type Platform = 'apns' | 'fcmv1';
interface Sent {
  readonly platform: Platform;
  readonly hub: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly handle: string;
}

const soon = String(Math.floor(Date.now() / 1000) + 3600);
const iPhone = '00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0';
const android = 'fid_1:APA91b-x_y';
const apns = (change: Partial<Sent> = {}): Sent => ({
  platform: 'apns',
  hub: 'relay',
  headers: { 'apns-push-type': 'alert', 'apns-priority': '10', 'apns-expiration': soon },
  body: '{"aps":{"alert":{"title":"Zoë 👋","body":"hi"}}}',
  handle: iPhone,
  ...change,
});
const fcm = (body: string, change: Partial<Sent> = {}): Sent => ({
  platform: 'fcmv1',
  hub: 'relay',
  headers: {},
  body,
  handle: android,
  ...change,
});

const conform: readonly (readonly [string, Sent])[] = [
  ['an alert', apns()],
  [
    'an alert with every header',
    apns({
      headers: {
        'apns-push-type': 'alert',
        'apns-priority': '5',
        'apns-expiration': '0',
        'apns-collapse-id': 'call-1',
        'apns-id': '5f419d7c-3bf8-4d5d-8c79-2ff33a788674',
      },
    }),
  ],
  [
    'a background push',
    apns({
      headers: { 'apns-push-type': 'background', 'apns-priority': '5' },
      body: '{"aps":{"content-available":1}}',
    }),
  ],
  [
    'a ring',
    apns({
      hub: 'relay-voip',
      headers: { 'apns-push-type': 'voip', 'apns-priority': '10' },
      body: '{"aps":{}}',
    }),
  ],
  ['a data message', fcm('{"message":{"data":{"acs":"{}"},"android":{"priority":"high","ttl":"30s"}}}')],
  ['a notification', fcm('{"message":{"notification":{"title":"Ada"}}}')],
];

const broken: readonly (readonly [string, Sent, readonly string[]])[] = [
  [
    'a ring through the alert hub',
    apns({ headers: { 'apns-push-type': 'voip' }, body: '{"aps":{}}' }),
    ['apns-voip-topic'],
  ],
  ['no aps', apns({ body: '{"acs":{}}' }), ['hub-apple-aps', 'apns-push-type-payload']],
  ['an FCM token as Apple handle', apns({ handle: android }), ['apns-device-token']],
  [
    'a long collapse id',
    apns({ headers: { 'apns-push-type': 'alert', 'apns-collapse-id': 'c'.repeat(65) } }),
    ['apns-collapse-id'],
  ],
  ['a number in data', fcm('{"message":{"data":{"eventId":107}}}'), ['fcm-data-strings']],
  ['a ttl in seconds', fcm('{"message":{"android":{"ttl":30}}}'), ['fcm-ttl']],
  [
    'a token and a reserved key',
    fcm('{"message":{"token":"x","data":{"from":"x"}}}'),
    ['fcm-target', 'fcm-reserved-keys'],
  ],
  ['a payload of 4,097 bytes', fcm(`{"message":{"data":{"a":"${'x'.repeat(4_097 - 27)}"}}}`), ['fcm-size']],
];

type Send = (hub: HubEmulator, sent: Sent) => Promise<void>;

/** The SDK knows no namespace without TLS. */
const overHttp: NotificationHubsClientOptions = {
  additionalPolicies: [
    {
      position: 'perCall',
      policy: {
        name: 'overHttp',
        sendRequest: (request, next) => {
          request.allowInsecureConnection = true;
          return next(request);
        },
      },
    },
  ],
};

const withSdk: Send = async ({ url }, { platform, hub, headers, body, handle }) => {
  const client = new NotificationHubsClient(
    `Endpoint=${url}/;SharedAccessKeyName=${emulatorKeyName};SharedAccessKey=${emulatorKey}`,
    hub,
    overHttp,
  );
  const notification: Notification =
    platform === 'apns' ? createAppleNotification({ body, headers }) : createFcmV1Notification({ body });
  await client.sendNotification(notification, { deviceHandle: handle });
};

const withRelay =
  (kind: 'undici' | 'azure-sb'): Send =>
  async ({ url }, { hub, handle, ...push }) => {
    const connection: HubConnection = { endpoint: url, keyName: emulatorKeyName, key: emulatorKey };
    const transports = createHubTransports(kind);
    onTestFinished(transports.close);
    const transport = await transports.open(connection);
    const client = createDirectSendClient({ hub: { connection, hubName: hub }, transport, clock: Date.now });
    const outcome = await client.send(push, handle, { timeoutMs: 5000, waitMs: 5000, priority: 'chat' });
    expect(outcome).toMatchObject({ kind: 'accepted' });
  };

async function judged(send: Send, sent: Sent): Promise<ReceivedPush> {
  const hub = await startHubEmulator({
    port: 0,
    hubs: ['relay', 'relay-voip'],
    keys: { [emulatorKeyName]: { key: emulatorKey, rights: ['Send'] } },
    clock: Date.now,
    wait: () => Promise.resolve(),
  });
  onTestFinished(hub.stop);
  await send(hub, sent);
  const [push, ...noMore] = hub.pushes.list();
  if (push === undefined || noMore.length > 0) throw new Error('There is not exactly one push.');
  expect(push).toMatchObject({ hub: sent.hub, body: sent.body, deviceHandles: [sent.handle] });
  return push;
}

describe.each<[string, Send]>([
  ['@azure/notification-hubs', withSdk],
  ['the relay over undici', withRelay('undici')],
  ['the relay over azure-sb', withRelay('azure-sb')],
])('a push by %s', (_name, send) => {
  it.each(conform)('has no finding for %s', async (_what, sent) => {
    expect((await judged(send, sent)).findings).toEqual([]);
  });

  it.each(broken)('has the same findings with every client for %s', async (_what, sent, rules) => {
    const { findings } = await judged(send, sent);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(rules);
  });
});
