import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RelayApp, recordingFor, startRelayApp } from '../support/start-relay-app.ts';

let app: RelayApp;
beforeAll(async () => {
  app = await startRelayApp(inject('azurite'));
}, 60_000);
afterAll(() => app?.stop());

/** A user of their own for each test, with the handles that tell their pushes from everybody else's. */
const newUser = () => {
  const id = randomUUID();
  const hex = id.replaceAll('-', '').repeat(2);
  return {
    userId: `8:acs:${id}_e2e`,
    iphone: `a1${hex.slice(2)}`,
    voip: `b2${hex.slice(2)}`,
    android: `fcm-${hex}`,
  };
};
type User = ReturnType<typeof newUser>;

const devices = (userId: string, deviceId = '') =>
  `${app.host.url}/api/users/${encodeURIComponent(userId)}/devices${deviceId === '' ? '' : `/${deviceId}`}`;

const put = (userId: string, deviceId: string, body: unknown) =>
  fetch(devices(userId, deviceId), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function registerBoth({ userId, iphone, voip, android }: User): Promise<void> {
  const first = await put(userId, 'iphone', {
    platform: 'apns',
    handle: iphone,
    voipHandle: voip,
    locale: 'sv',
  });
  const second = await put(userId, 'android', { platform: 'fcmv1', handle: android, locale: 'en' });
  expect([first.status, second.status]).toEqual([201, 201]);
}

const deliver = (functionName: string, body: string, eventType = 'Notification') =>
  fetch(`${app.host.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': eventType },
    body,
  });

const now = () => new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
const later = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString();
const epochSeconds = (time: string) => String(Date.parse(time) / 1000);

const callId = '5228a52a-592a-4363-adb4-dad5656bf6f9';

describe('the built app in the local host', () => {
  it('has the Functions of the relay', () => {
    const expected = [
      'relayCalls',
      'relayChat',
      'events',
      'devices',
      'users',
      'health',
      'sweep',
      'pruneDevices',
    ];
    expect(expected).toEqual(expect.arrayContaining([...app.host.functionNames]));
    expect(app.host.functionNames).toEqual(
      expect.arrayContaining(['relayCalls', 'relayChat', 'events', 'devices', 'users', 'health']),
    );
  });

  it('reports itself as healthy', async () => {
    const response = await fetch(`${app.host.url}/api/health`);
    expect(response.status).toBe(200);
  });

  it('rings an iPhone on the VoIP hub and an Android phone with a data message', async () => {
    const user = newUser();
    await registerBoth(user);
    const time = now();
    const response = await deliver(
      'relayCalls',
      recordingFor('incoming-call.eventgrid.json', user.userId, time),
    );
    expect(response.status).toBe(202);

    const [ring, ...noMore] = app.pushesTo(user.voip);
    expect(noMore).toEqual([]);
    expect(ring).toMatchObject({
      hub: 'relay-voip',
      format: 'apple',
      headers: {
        'apns-push-type': 'voip',
        'apns-priority': '10',
        'apns-expiration': epochSeconds(later(time, 30)),
        'apns-collapse-id': callId,
        'content-type': 'application/json;charset=utf-8',
      },
    });
    expect(JSON.parse(ring?.body ?? '')).toMatchObject({
      aps: {},
      acs: {
        v: 1,
        kind: 'incoming-call',
        recipientId: user.userId,
        sentAt: time,
        expiresAt: later(time, 30),
        callId,
        callerName: 'Ben Okafor',
      },
      data: { eventId: 107, callId, recipientId: user.userId, displayName: 'Ben Okafor', videoCall: 'false' },
    });
    expect(ring?.body).not.toContain('shrToken');

    const [android] = app.pushesTo(user.android);
    expect(android).toMatchObject({ hub: 'relay', format: 'fcmv1' });
    expect(JSON.parse(android?.body ?? '')).toMatchObject({
      message: {
        data: { eventId: '107', callId, displayName: 'Ben Okafor', videoCall: 'false' },
        android: { priority: 'high' },
      },
    });
    expect(JSON.parse(android?.body ?? '').message).not.toHaveProperty('notification');
    // The alert handle of the iPhone must stay silent: the VoIP push has rung it.
    expect(app.pushesTo(user.iphone)).toEqual([]);
  });

  it('stops ringing when the call is answered, and never through the VoIP hub', async () => {
    const user = newUser();
    await registerBoth(user);
    const time = now();
    const call = JSON.parse(recordingFor('odd/call-answered-one-call.eventgrid.json', user.userId, time));
    for (const event of call.slice(0, 3)) {
      const fresh = { ...event, id: randomUUID(), eventTime: time };
      expect((await deliver('relayCalls', JSON.stringify([fresh]))).status).toBe(202);
    }
    const kinds = (handle: string) => app.pushesTo(handle).map(({ body }) => JSON.parse(body).acs?.kind);
    expect(kinds(user.voip)).toEqual(['incoming-call']);
    expect(kinds(user.iphone)).toEqual(['call-answered']);
    expect(app.pushesTo(user.iphone)[0]?.headers).toMatchObject({
      'apns-push-type': 'background',
      'apns-priority': '5',
    });
    expect(app.pushesTo(user.android)).toHaveLength(2);
  });

  it('turns a call that comes after its ring time into a missed call, in the language of each device', async () => {
    const user = newUser();
    await registerBoth(user);
    const time = later(now(), -120);
    await deliver('relayCalls', recordingFor('incoming-call.cloudevents.json', user.userId, time));
    expect(app.pushesTo(user.voip)).toEqual([]);
    expect(JSON.parse(app.pushesTo(user.iphone)[0]?.body ?? '')).toMatchObject({
      aps: { alert: { title: 'Ben Okafor', body: 'Missat samtal' }, category: 'ACS_MISSED_CALL' },
      acs: { kind: 'missed-call', sentAt: time, expiresAt: later(time, 86_400) },
    });
    expect(JSON.parse(app.pushesTo(user.android)[0]?.body ?? '')).toMatchObject({
      message: { notification: { title: 'Ben Okafor', body: 'Missed call' } },
    });
  });

  it('shows a chat message on both phones', async () => {
    const user = newUser();
    await registerBoth(user);
    const time = now();
    const response = await deliver(
      'relayChat',
      recordingFor('chat-message-received.eventgrid.json', user.userId, time),
    );
    expect(response.status).toBe(202);
    const text = 'The lab called: your results are in, all good. Shall we talk at two?';
    const threadId = '19:ce029399d5b1aa28120a5453352671ea@thread.v2';

    const [iphone] = app.pushesTo(user.iphone);
    expect(iphone).toMatchObject({
      hub: 'relay',
      headers: {
        'apns-push-type': 'alert',
        'apns-priority': '10',
        'apns-expiration': epochSeconds(later(time, 86_400)),
      },
    });
    expect(JSON.parse(iphone?.body ?? '')).toMatchObject({
      aps: { alert: { title: 'Ben Okafor', body: text }, 'thread-id': threadId, 'mutable-content': 1 },
      acs: {
        kind: 'chat-message',
        threadId,
        messageId: '1795169702418',
        senderName: 'Ben Okafor',
        sentAt: time,
      },
    });
    expect(JSON.parse(app.pushesTo(user.android)[0]?.body ?? '')).toMatchObject({
      message: { notification: { title: 'Ben Okafor', body: text }, android: { collapse_key: 'acs-chat' } },
    });
  });

  it('answers 500 when the hub takes one of two pushes, and sends only the other one when the event comes again', async () => {
    const user = newUser();
    await registerBoth(user);
    // Not 429: this instance's messages would wait out its Retry-After.
    app.faults.set(user.android, { answer: { status: 401 } });
    const event = recordingFor('chat-message-received.eventgrid.json', user.userId, now());
    const failed = await deliver('relayChat', event);
    expect(failed.status).toBe(500);
    expect(await failed.text()).toContain('Exception while executing function: Functions.relayChat: ');
    expect(app.pushesTo(user.iphone)).toHaveLength(1);

    app.faults.delete(user.android);
    expect((await deliver('relayChat', event)).status).toBe(202);
    expect(app.pushesTo(user.iphone)).toHaveLength(1);
    expect(app.pushesTo(user.android).map(({ fault }) => fault === undefined)).toEqual([false, true]);

    // Everything is settled: a third delivery reaches nobody.
    expect((await deliver('relayChat', event)).status).toBe(202);
    expect(app.pushesTo(user.android)).toHaveLength(2);
  });

  it('acknowledges an event that can never be used, and one for nobody', async () => {
    expect((await deliver('relayChat', '[{"not":"an event"}]')).status).toBe(202);
    const forNobody = recordingFor('chat-message-received.eventgrid.json', newUser().userId, now());
    expect((await deliver('relayChat', forNobody)).status).toBe(202);
  });

  it('answers the handshake of the trigger and those of the webhook', async () => {
    const body = JSON.stringify([
      {
        id: '1',
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        eventTime: now(),
        data: { validationCode: 'C-1' },
      },
    ]);
    const trigger = await deliver('relayCalls', body, 'SubscriptionValidation');
    expect(await trigger.text()).toBe('{"validationResponse":"C-1"}');

    const webhook = await fetch(`${app.host.url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
      body,
    });
    expect(webhook.status).toBe(200);
    expect(await webhook.json()).toEqual({ validationResponse: 'C-1' });

    const options = await fetch(`${app.host.url}/api/events`, {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' },
    });
    expect(options.status).toBe(200);
    expect(options.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
  });

  it('relays what the webhook gets', async () => {
    const user = newUser();
    await registerBoth(user);
    const response = await fetch(`${app.host.url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
      body: recordingFor('chat-message-received.eventgrid.json', user.userId, now()),
    });
    expect(response.ok).toBe(true);
    expect(app.pushesTo(user.iphone)).toHaveLength(1);
  });
});

describe('the device API of the built app', () => {
  it('creates, replaces, lists and deletes, and never shows a whole handle', async () => {
    const user = newUser();
    await registerBoth(user);
    const again = await put(user.userId, 'iphone', { platform: 'apns', handle: user.iphone, locale: 'nl' });
    expect(again.status).toBe(200);

    const list = await fetch(devices(user.userId));
    expect(list.status).toBe(200);
    const text = await list.text();
    expect(text).toContain('"android"');
    expect(text).not.toContain(user.iphone);
    expect(text).not.toContain(user.android);

    expect((await fetch(devices(user.userId, 'iphone'))).status).toBe(200);
    expect((await fetch(devices(user.userId, 'iphone'), { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(devices(user.userId, 'iphone'))).status).toBe(404);
  });

  it('erases a user', async () => {
    const user = newUser();
    await registerBoth(user);
    const url = `${app.host.url}/api/users/${encodeURIComponent(user.userId)}`;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(devices(user.userId, 'iphone'))).status).toBe(404);
    await deliver('relayChat', recordingFor('chat-message-received.eventgrid.json', user.userId, now()));
    expect(app.pushesTo(user.iphone)).toEqual([]);
  });

  it('names each problem of a bad registration', async () => {
    const { userId } = newUser();
    const response = await put(userId, 'phone', { platform: 'apns', handle: '', locale: 7 });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('"DEVICE_INVALID"');
    expect(text).toContain('handle');
    expect(text).toContain('locale');
  });
});

describe('the log of the built app', () => {
  it('never shows a handle, a name or a text', async () => {
    const user = newUser();
    await registerBoth(user);
    await deliver('relayChat', recordingFor('chat-message-received.eventgrid.json', user.userId, now()));
    const log = app.lines.join('\n');
    expect(log).not.toBe('');
    for (const secret of [user.iphone, user.android, 'Ben Okafor', 'The lab called'])
      expect(log).not.toContain(secret);
  });
});

describe('everything that the tests above sent to the hub', () => {
  it('has no finding, not even a warning', () => {
    const pushes = app.hub.pushes.list();
    expect(pushes.length).toBeGreaterThan(10);
    expect(pushes.flatMap(({ findings }) => findings)).toEqual([]);
    expect(app.hub.records.list()).toHaveLength(pushes.length);
  });
});
