import { describe, expect, it } from 'vitest';
import { sasToken } from '../../../support/sas-token.ts';
import { startTestHub } from '../../../support/start-test-hub.ts';

const iPhone = '00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0';
const badPriority = {
  rule: 'apns-priority',
  severity: 'error',
  judge: 'apns',
  message: 'Invalid apns-priority "7".',
  document: 'Apple: Sending notification requests to APNs',
} as const;

describe('findings of the hub emulator', () => {
  it('are kept with the push, which is accepted, and printed below it', async () => {
    const lines: string[] = [];
    const hub = await startTestHub({ print: (line) => lines.push(line) });
    const response = await hub.send({ headers: { 'apns-priority': '7' } });
    expect(response.status).toBe(201);
    expect(hub.pushes.list()).toMatchObject([
      { status: 201, trackingId: response.headers.get('trackingid'), findings: [badPriority] },
    ]);
    expect(lines[1]).toBe(
      '              error    apns-priority  Invalid apns-priority "7". See "Apple: Sending notification requests to APNs".',
    );
  });

  it('make a strict hub answer 400 and keep the request as rejected', async () => {
    const hub = await startTestHub({ strict: true });
    const response = await hub.send({ headers: { 'apns-priority': '7' } });
    expect(response.status).toBe(400);
    expect(await response.text()).toBe(
      '<Error><Code>400</Code><Detail>apns-priority: Invalid apns-priority "7". See "Apple: Sending notification requests to APNs".</Detail></Error>',
    );
    expect(hub.pushes.list()).toEqual([]);
    expect(hub.phones.list()).toEqual([]);
    expect(hub.records.list()).toMatchObject([
      {
        kind: 'refused',
        request: {
          receivedAtMs: 1_795_338_000_000,
          method: 'POST',
          path: '/relay/messages/?direct&api-version=2015-04',
          status: 400,
          trackingId: response.headers.get('trackingid'),
          findings: [badPriority],
          headers: { 'apns-priority': '7' },
          body: '{"aps":{"alert":"hi"}}',
        },
      },
    ]);
  });

  it('depend on earlier pushes to the phone', async () => {
    const hub = await startTestHub({ strict: true });
    const send = (collapseKey: string) =>
      hub.send({
        headers: {
          'servicebusnotification-format': 'fcmv1',
          'servicebusnotification-devicehandle': 'fid_1:APA91b-0000000000',
        },
        body: JSON.stringify({ message: { data: {}, android: { collapse_key: collapseKey } } }),
      });
    const statuses: number[] = [];
    for (const key of ['a', 'b', 'c', 'd', 'a', 'e']) statuses.push((await send(key)).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 400]);
  });
});

describe('the records of the hub emulator', () => {
  it('hold pushes and rejections in order, and notify listeners until they unsubscribe', async () => {
    const hub = await startTestHub();
    const heard: string[] = [];
    const leave = hub.records.subscribe(({ kind }) => heard.push(kind));
    await hub.send();
    const wrong = sasToken(hub.url, 'wrong', 'Sender', 1_795_338_060);
    await hub.send({ headers: { authorization: wrong } });
    leave();
    await hub.send();
    expect(heard).toEqual(['push', 'refused']);
    expect(hub.records.list().map(({ kind }) => kind)).toEqual(['push', 'refused', 'push']);
    expect(hub.records.list()[1]).toMatchObject({
      request: { status: 401, findings: [{ rule: 'hub-sas-signature' }] },
    });
    expect(JSON.stringify(hub.records.list())).not.toContain('SharedAccessSignature');
    hub.records.clear();
    expect(hub.records.list()).toEqual([]);
    expect(hub.pushes.list()).toHaveLength(2);
  });

  it('include the 401 for a key without the Send right', async () => {
    const hub = await startTestHub({ keys: { Sender: { key: 'test-key=', rights: ['Listen'] } } });
    const response = await hub.send();
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('the key "Sender" grants Listen; Send is required.');
  });
});

describe('the phones of the hub emulator', () => {
  it('receive their queue when they are online again', async () => {
    const hub = await startTestHub();
    hub.phones.setOnline(iPhone, false);
    await hub.send({ body: '{"aps":{"alert":"one"}}' });
    await hub.send({ body: '{"aps":{"alert":"two"}}' });
    hub.phones.setOnline(iPhone, true);
    expect(hub.phones.list()).toMatchObject([
      {
        handle: iPhone,
        online: true,
        waiting: [],
        delivered: [{ push: { body: '{"aps":{"alert":"two"}}' }, atMs: 1_795_338_000_000 }],
        dropped: [{ push: { body: '{"aps":{"alert":"one"}}' }, why: 'only-one-kept' }],
      },
    ]);
  });
});

describe('the fault switch of the hub emulator', () => {
  it.each([
    ['throttle', 429, 0],
    ['unavailable', 503, 0],
    ['wrong-key', 401, 0],
  ] as const)('%s answers %i once, and the push reaches %i phones', async (kind, status, phones) => {
    const hub = await startTestHub();
    hub.faults.set({ kind, pushes: 1, retryAfterSeconds: 3 });
    const response = await hub.send();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(kind === 'throttle' ? '3' : null);
    expect(hub.pushes.list()).toMatchObject([{ status, fault: { answer: { status } } }]);
    expect(hub.pushes.list()[0]?.trackingId).toBe(response.headers.get('trackingid'));
    expect(hub.phones.list()).toHaveLength(phones);
    expect((await hub.send()).status).toBe(201);
  });

  it('loses the answer after the push was accepted', async () => {
    const hub = await startTestHub();
    hub.faults.set({ kind: 'lost-answer', pushes: 'all' });
    await expect(hub.send()).rejects.toThrow('fetch failed');
    expect(hub.pushes.list()).toMatchObject([{ status: 0 }]);
    expect(hub.phones.list()).toMatchObject([{ delivered: [{}] }]);
  });

  it('does not answer on an open connection, and the push reaches no phone', async () => {
    const hub = await startTestHub();
    hub.faults.set({ kind: 'timeout', pushes: 1 });
    const received = Promise.withResolvers<void>();
    hub.pushes.subscribe(() => received.resolve());
    const answer = hub.send().catch(() => 'broken off');
    await received.promise;
    expect(hub.phones.list()).toEqual([]);
    await hub.stop();
    expect(await answer).toBe('broken off');
  });

  it('yields to the faults of the option respond', async () => {
    const hub = await startTestHub({ respond: () => ({ answer: { status: 500 } }) });
    hub.faults.set({ kind: 'throttle', pushes: 1 });
    expect((await hub.send()).status).toBe(500);
    expect(hub.faults.current()).toEqual({ kind: 'throttle', pushes: 1 });
  });
});

describe('the option serve of the hub emulator', () => {
  const serve: Parameters<typeof startTestHub>[0] = {
    serve: async (request, response) => {
      if (request.url !== '/' && request.url?.startsWith('/inspector/') !== true) return false;
      response.end(`${request.method} ${request.url}`);
      return true;
    },
  };

  it('answers at paths that do not start with a hub', async () => {
    const hub = await startTestHub(serve);
    expect(await (await fetch(`${hub.url}/`)).text()).toBe('GET /');
    expect(await (await fetch(`${hub.url}/inspector/api?x=1`, { method: 'POST' })).text()).toBe(
      'POST /inspector/api?x=1',
    );
    expect(hub.records.list()).toEqual([]);
  });

  it('leaves unknown paths to the hub', async () => {
    const hub = await startTestHub(serve);
    const authorization = sasToken(hub.url, 'test-key=', 'Sender', 1_795_338_060);
    const path = '/nobody/messages/?direct';
    expect((await hub.send({ path, headers: { authorization } })).status).toBe(404);
  });

  it('is not called for a hub, in upper or lower case', async () => {
    const hub = await startTestHub({
      hubs: ['relay', 'inspector'],
      serve: (_request, response) => {
        response.writeHead(418).end();
        return true;
      },
    });
    const authorization = sasToken(hub.url, 'test-key=', 'Sender', 1_795_338_060);
    for (const name of ['relay', 'RELAY', 'inspector']) {
      const path = `/${name}/messages/?direct&api-version=2015-04`;
      expect((await hub.send({ path, headers: { authorization } })).status).toBe(201);
    }
    expect((await hub.send({ path: '/relays/messages/' })).status).toBe(418);
  });
});
