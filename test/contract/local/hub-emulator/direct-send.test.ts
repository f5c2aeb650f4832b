import { describe, expect, it } from 'vitest';
import { sasToken } from '../../../support/sas-token.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('Direct Send to the hub emulator', () => {
  it('answers 201 with a location and a tracking id, and keeps the push without its key', async () => {
    const hub = await startTestHub();
    const response = await hub.send({
      headers: { 'apns-push-type': 'alert', 'apns-priority': '10' },
      body: '{"aps":{"alert":"hej å"}}',
    });

    expect(response.status).toBe(201);
    expect(await response.text()).toBe('');
    expect(response.headers.get('trackingid')).toMatch(uuid);
    expect(response.headers.get('x-ms-correlation-request-id')).toMatch(uuid);
    const [push] = hub.pushes.list();
    expect(response.headers.get('location')).toBe(
      `${hub.url}/relay/messages/${push?.id}?api-version=2015-04`,
    );
    expect(push).toMatchObject({
      id: expect.stringMatching(uuid),
      receivedAtMs: 1_795_338_000_000,
      hub: 'relay',
      format: 'apple',
      deviceHandles: ['00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0'],
      apiVersion: '2015-04',
      keyName: 'Sender',
      body: '{"aps":{"alert":"hej å"}}',
      bodyBytes: 26,
    });
    expect(push?.headers).toMatchObject({ 'apns-push-type': 'alert', 'apns-priority': '10' });
    expect(JSON.stringify(push)).not.toContain('SharedAccessSignature');
  });

  it('accepts format, hub and path in any case', async () => {
    const hub = await startTestHub();
    const response = await hub.send({
      path: '/Relay/Messages?api-version=2020-06&direct=true',
      headers: { 'servicebusnotification-format': 'fcmV1' },
      body: '{"message":{"data":{}}}',
    });
    expect(response.status).toBe(201);
    expect(hub.pushes.list()).toMatchObject([{ hub: 'relay', format: 'fcmv1' }]);
  });

  it.each([
    ['servicebusnotification-format', undefined, 'The ServiceBusNotification-Format header is missing.'],
    [
      'servicebusnotification-format',
      'gcm',
      'Unsupported ServiceBusNotification-Format "gcm". The emulator supports apple and fcmv1.',
    ],
    [
      'servicebusnotification-devicehandle',
      undefined,
      'The ServiceBusNotification-DeviceHandle header is missing.',
    ],
    ['content-type', 'text/plain', 'The Content-Type must be application/json;charset=utf-8.'],
  ])('answers 400 when %s is %s', async (name, value, detail) => {
    const hub = await startTestHub();
    const response = await hub.send({ headers: { [name]: value } });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(await response.text()).toBe(`<Error><Code>400</Code><Detail>${detail}</Detail></Error>`);
    expect(hub.pushes.list()).toEqual([]);
  });

  it('answers 400 to a payload that is not JSON', async () => {
    const hub = await startTestHub();
    const response = await hub.send({ body: '{"aps":' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('The supplied notification payload is invalid: it is not JSON.');
  });

  it('answers 400 without the query parameter direct', async () => {
    const hub = await startTestHub();
    const response = await hub.send({ path: '/relay/messages/?api-version=2015-04' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('the query must have the parameter "direct"');
  });

  it('accepts 64 KB and answers 413 to one byte more', async () => {
    const hub = await startTestHub();
    const body = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect((await hub.send({ body: body(65_536) })).status).toBe(201);
    expect((await hub.send({ body: body(65_537) })).status).toBe(413);
    expect(hub.pushes.list()).toHaveLength(1);
  });

  it.each([
    ['POST', '/nobody/messages/?direct', 401],
    ['GET', '/relay/messages/123?api-version=2016-07', 404],
    ['GET', '/relay/feedbackcontainer?api-version=2015-01', 501],
    ['GET', '/relay/registrations', 404],
    ['POST', '/relay/messages/123?direct', 404],
    ['PUT', '/relay/messages/?direct', 404],
    ['POST', '/relay/messages/a/b?direct', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const hub = await startTestHub();
    expect((await hub.send({ method, path })).status).toBe(status);
  });

  it('answers 404 for a hub that does not exist, to a key of the namespace', async () => {
    const hub = await startTestHub();
    const authorization = sasToken(hub.url, 'test-key=', 'Sender', 1_795_338_060);
    const response = await hub.send({ path: '/nobody/messages/?direct', headers: { authorization } });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Notification hub "nobody" does not exist in this namespace.');
  });

  it('keeps no more pushes than its capacity, and notifies listeners until they unsubscribe', async () => {
    const hub = await startTestHub({ capacity: 2 });
    const heard: string[] = [];
    const leave = hub.pushes.subscribe(({ body }) => heard.push(body));
    for (const body of ['1', '2', '3']) await hub.send({ body });
    leave();
    await hub.send({ body: '4' });
    expect(heard).toEqual(['1', '2', '3']);
    expect(hub.pushes.list().map(({ body }) => body)).toEqual(['3', '4']);
    hub.pushes.clear();
    expect(hub.pushes.list()).toEqual([]);
  });

  it('prints one line per push and per rejection, without handle or key', async () => {
    const lines: string[] = [];
    const hub = await startTestHub({ print: (line) => lines.push(line) });
    await hub.send();
    await hub.send({ headers: { 'servicebusnotification-format': undefined } });
    expect(lines).toEqual([
      '09:00:00.000  push   relay  apns  alert/10  no-contract  to unknown  "hi"  no collapse  22 of 4,096 bytes  handle 00fc…e8f0',
      '09:00:00.000  hub refused POST /relay/messages/: 400 The ServiceBusNotification-Format header is missing.',
    ]);
  });

  it('names the port and the setting to change when the port is in use', async () => {
    const first = await startTestHub();
    await expect(startTestHub({ port: first.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${first.port} is in use, so the hub emulator cannot start. Stop the program that uses it, or set INSPECTOR_PORT to another port.`,
    });
  });
});
