import {
  createAppleNotification,
  createFcmV1Notification,
  type Notification,
  NotificationHubsClient,
} from '@azure/notification-hubs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import type { DirectSend } from '../../../src/notification-hubs/request.ts';
import type { HubResponse } from '../../../src/notification-hubs/transports/hub-transport.ts';

// Microsoft's own client is the oracle: the same pushes go through it and through the relay, and what each hands to
// its HTTP layer is compared. Every allowed difference is undone here by name; nothing else may differ.

interface Sent {
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const connection = {
  endpoint: 'https://contoso.servicebus.windows.net',
  keyName: 'DefaultFullSharedAccessSignature',
  key: 'c2VjcmV0LWtleS13aXRoLXBhZGRpbmc=',
};
const nowMs = 1_795_302_000_000;
const hubAnswer: HubResponse = {
  kind: 'response',
  status: 201,
  headers: {
    location: 'https://contoso.servicebus.windows.net/calls/messages/1234567890-abc?api-version=2015-04',
    trackingid: '5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2',
  },
  body: '',
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: nowMs }));
afterEach(() => void vi.useRealTimers());

const sendWithSdk = async (
  hubName: string,
  notification: Notification,
  deviceHandle: string,
): Promise<{ sent: Sent; notificationId: string | undefined; trackingId: string | undefined }> => {
  const requests: Sent[] = [];
  const client = new NotificationHubsClient(
    `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=${connection.keyName};SharedAccessKey=${connection.key}`,
    hubName,
    {
      httpClient: {
        sendRequest: async (request) => {
          const url = new URL(request.url);
          const headers = Object.fromEntries(
            [...request.headers].map(([name, value]) => [name.toLowerCase(), value]),
          );
          requests.push({ path: url.pathname, query: url.search, headers, body: String(request.body) });
          const answerHeaders = request.headers;
          for (const name of Object.keys(headers)) answerHeaders.delete(name);
          for (const [name, value] of Object.entries(hubAnswer.headers)) answerHeaders.set(name, value);
          return { request, status: hubAnswer.status, headers: answerHeaders, bodyAsText: '' };
        },
      },
    },
  );
  const { notificationId, trackingId } = await client.sendNotification(notification, { deviceHandle });
  const [sent] = requests;
  if (sent === undefined || requests.length !== 1)
    throw new Error(`The SDK sent ${requests.length} requests.`);
  return { sent, notificationId, trackingId };
};

const sendWithRelay = async (
  hubName: string,
  push: DirectSend,
  deviceHandle: string,
): Promise<{ sent: Sent; outcome: PushOutcome }> => {
  const requests: Sent[] = [];
  const client = createDirectSendClient({
    hub: { connection, hubName },
    transport: {
      post: async ({ path, headers, body }) => {
        const url = new URL(path, connection.endpoint);
        requests.push({ path: url.pathname, query: url.search, headers: { ...headers }, body });
        return hubAnswer;
      },
      close: async () => undefined,
    },
    clock: () => nowMs,
  });
  const outcome = await client.send(push, deviceHandle, {
    timeoutMs: 1_000,
    waitMs: 1_000,
    priority: 'chat',
  });
  const [sent] = requests;
  if (sent === undefined || requests.length !== 1)
    throw new Error(`The relay sent ${requests.length} requests.`);
  return { sent, outcome };
};

/** Undoes the allowed differences, and fails when one of them is not there: the list must stay true. */
const withoutSdkHabits = (sent: Sent): Sent => {
  // 1. The API version. The SDK asks for its own; the relay for the one that the REST reference documents.
  // 2. `direct=true` instead of `direct`. The reference writes it without a value; the hub looks for the name only.
  expect(sent.query).toBe('?api-version=2020-06&direct=true');
  const query = '?direct&api-version=2015-04';

  // 3. x-ms-version repeats the API version, x-ms-azsdk-telemetry and User-Agent name the SDK,
  //    x-ms-client-request-id is a random id for Microsoft's client logs.
  // 4. Accept-Encoding: the relay asks for no compression, as answers are empty or a line of XML.
  const headers = { ...sent.headers };
  for (const name of [
    'x-ms-version',
    'x-ms-azsdk-telemetry',
    'x-ms-client-request-id',
    'user-agent',
    'accept-encoding',
  ]) {
    expect(Object.keys(headers)).toContain(name);
    delete headers[name];
  }
  return { ...sent, query, headers };
};

const apnsHeaders = {
  'apns-push-type': 'alert',
  'apns-priority': '10',
  'apns-expiration': '1795302030',
  'apns-collapse-id': 'call-1',
  'apns-id': '5f419d7c-3bf8-4d5d-8c79-2ff33a788674',
} as const;
const apnsBody = '{"aps":{"alert":{"title":"Zoë 👋","body":"hi\\r\\n--acs"}},"acs":{"v":1}}';
const fcmBody = '{"message":{"data":{"acs":"{\\"v\\":1}"},"android":{"priority":"high","ttl":"30s"}}}';
const apnsPush = { platform: 'apns', headers: apnsHeaders, body: apnsBody } as const;
const fcmPush = { platform: 'fcmv1', headers: {}, body: fcmBody } as const;
const apnsOfSdk = () => createAppleNotification({ body: apnsBody, headers: apnsHeaders });
const fcmOfSdk = () => createFcmV1Notification({ body: fcmBody });

describe('the Direct Send client beside @azure/notification-hubs', () => {
  it.each([
    ['an APNs push', 'calls', apnsPush, apnsOfSdk, '00fc13adff785122b4ad28809a342098'],
    ['an FCM v1 push', 'chat.v1_x', fcmPush, fcmOfSdk, 'fid_1:APA91b-x_y'],
  ])('sends the same request for %s', async (_, hubName, push, createOfSdk, deviceHandle) => {
    const sdk = await sendWithSdk(hubName, createOfSdk(), deviceHandle);
    const relay = await sendWithRelay(hubName, push, deviceHandle);
    expect(relay.sent).toEqual(withoutSdkHabits(sdk.sent));
    expect(relay.outcome).toEqual({
      kind: 'accepted',
      notificationId: sdk.notificationId,
      trackingId: sdk.trackingId,
    });
    expect(sdk.notificationId).toBe('1234567890-abc');
  });

  it('differs for a hub name that needs encoding: the SDK leaves "/" in it as a path separator', async () => {
    const sdk = await sendWithSdk('My Hub/2', apnsOfSdk(), 'abc');
    const relay = await sendWithRelay('My Hub/2', apnsPush, 'abc');
    expect(sdk.sent.path).toBe('/My%20Hub/2/messages/');
    expect(relay.sent.path).toBe('/My%20Hub%2F2/messages/');
  });
});
