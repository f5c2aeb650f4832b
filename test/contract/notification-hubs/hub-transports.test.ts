import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createDirectSendClient,
  type DirectSendClient,
} from '../../../src/notification-hubs/direct-send-client.ts';
import { createAzureSbTransport } from '../../../src/notification-hubs/transports/azure-sb-transport.ts';
import type {
  HubTransport,
  TransportOptions,
} from '../../../src/notification-hubs/transports/hub-transport.ts';
import { createUndiciTransport } from '../../../src/notification-hubs/transports/undici-transport.ts';
import { bundleUndiciTransport } from './support/bundle-undici-transport.ts';
import { type HubServer, startHubServer } from './support/start-hub-server.ts';
import { onWholeRequest, type RawServer, startRawServer } from './support/start-raw-server.ts';
import { testTls } from './support/test-tls.ts';

// Both transports keep this contract. They differ only here, and only in the form of what is sent:
interface TransportUnderTest {
  readonly name: string;
  readonly create: (options: TransportOptions) => Promise<HubTransport>;
  /** azure-sb writes a query option as name=value even when the value is empty. The hub reads both forms the same. */
  readonly direct: string;
  /** azure-sb signs the whole address of each request for five minutes by the machine's own clock, with the
   * parameters in another order; the built-in transport sends the cached token of the namespace. */
  readonly authorization: RegExp;
  /** Headers besides those of the request: azure-sb names itself and its character set. */
  readonly extraHeaders: readonly string[];
}

const bundled = await bundleUndiciTransport();
const undici: TransportUnderTest = {
  name: 'undici',
  create: async (options) => createUndiciTransport(options),
  direct: 'direct',
  authorization:
    /^SharedAccessSignature sr=http%3A%2F%2F127\.0\.0\.1%3A\d+%2F&sig=[\w%]+&se=1795341600&skn=Sender$/,
  extraHeaders: [],
};
const transports: readonly TransportUnderTest[] = [
  undici,
  {
    ...undici,
    name: 'undici, bundled',
    create: async (options) => bundled.createUndiciTransport(options),
  },
  {
    name: 'azure-sb',
    create: createAzureSbTransport,
    direct: 'direct=',
    authorization:
      /^SharedAccessSignature sig=[\w%]+&se=\d{10}&skn=Sender&sr=http%3a%2f%2f127\.0\.0\.1%3a\d+%2fcalls%2fmessages%2f%3fdirect%3d%26api-version%3d2015-04$/,
    extraHeaders: ['accept-charset', 'user-agent'],
  },
];

// Sun, 22 Nov 2026 09:00:00 GMT
const nowMs = 1_795_338_000_000;
const handle = '00fc13adff785122b4ad28809a342098';
const sasKey = 'c2VjcmV0LWtleQ==';
const push = {
  platform: 'apns',
  headers: { 'apns-push-type': 'alert', 'apns-priority': '10' },
  body: '{"aps":{"alert":"Grüezi 👋"}}',
} as const;
const inTime = { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' } as const;
const soon = { timeoutMs: 150, waitMs: 150, priority: 'chat' } as const;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
});

const hubServer = async (...args: Parameters<typeof startHubServer>): Promise<HubServer> => {
  const server = await startHubServer(...args);
  closers.push(server.close);
  return server;
};

const rawServer = async (...args: Parameters<typeof startRawServer>): Promise<RawServer> => {
  const server = await startRawServer(...args);
  closers.push(server.close);
  return server;
};

/** A port without a listener: one that was just released. */
const freePort = async (): Promise<number> => {
  const server = await startRawServer(() => undefined);
  await server.close();
  return server.port;
};

describe.each(transports)('transport $name', ({ create, direct, authorization, extraHeaders }) => {
  const connect = async (
    endpoint: string,
    options: Omit<TransportOptions, 'connection'> = {},
  ): Promise<DirectSendClient> => {
    const connection = { endpoint, keyName: 'Sender', key: sasKey };
    const transport = await create({ connection, ...options });
    closers.push(transport.close);
    return createDirectSendClient({ hub: { connection, hubName: 'calls' }, transport, clock: () => nowMs });
  };

  describe('what it sends', () => {
    it('sends a single push as it was built', async () => {
      const server = await hubServer((response) => response.writeHead(201).end());
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]?.method).toBe('POST');
      expect(server.requests[0]?.url).toBe(`/calls/messages/?${direct}&api-version=2015-04`);
      expect(server.requests[0]?.body).toBe('{"aps":{"alert":"Grüezi 👋"}}');
      const { host, connection, authorization: token, ...headers } = server.requests[0]?.headers ?? {};
      expect(token).toMatch(authorization);
      expect([connection, `http://${host}`]).toEqual(['keep-alive', server.endpoint]);
      for (const name of extraHeaders) delete headers[name];
      expect(headers).toEqual({
        'servicebusnotification-format': 'apple',
        'servicebusnotification-devicehandle': handle,
        'content-type': 'application/json;charset=utf-8',
        'content-length': '32',
        'apns-push-type': 'alert',
        'apns-priority': '10',
      });
    });

    it('reaches a server by the name localhost', async () => {
      const server = await hubServer((response) => response.writeHead(201).end());
      const client = await connect(server.endpoint.replace('127.0.0.1', 'localhost'));
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
    });
  });

  describe('answers', () => {
    const location = 'https://contoso.servicebus.windows.net/calls/messages/123-abc?api-version=2015-04';
    const error = '<Error><Code>400</Code><Detail>Some detail.</Detail></Error>';
    it.each([
      [
        201,
        { Location: location, TrackingId: 't-1' },
        { kind: 'accepted', notificationId: '123-abc', trackingId: 't-1' },
      ],
      [200, { TrackingId: 't-1' }, { kind: 'accepted', trackingId: 't-1' }],
      [202, {}, { kind: 'unknown', detail: 'HTTP 202: Some detail.' }],
      [400, {}, { kind: 'rejected', status: 400, detail: 'HTTP 400: Some detail.' }],
      [401, {}, { kind: 'misconfigured', status: 401, detail: 'HTTP 401: Some detail.' }],
      [403, {}, { kind: 'misconfigured', status: 403, detail: 'HTTP 403: Some detail.' }],
      [403, { 'Retry-After': '7' }, { kind: 'throttled', status: 403, retryAfterMs: 7_000 }],
      [404, {}, { kind: 'misconfigured', status: 404, detail: 'HTTP 404: Some detail.' }],
      [408, {}, { kind: 'unavailable', status: 408, detail: 'HTTP 408: Some detail.' }],
      [413, {}, { kind: 'rejected', status: 413, detail: 'HTTP 413: Some detail.' }],
      [429, {}, { kind: 'throttled', status: 429 }],
      [
        429,
        { 'Retry-After': 'Sun, 22 Nov 2026 09:00:20 GMT' },
        { kind: 'throttled', status: 429, retryAfterMs: 20_000 },
      ],
      [500, {}, { kind: 'unavailable', status: 500, detail: 'HTTP 500: Some detail.' }],
      [502, {}, { kind: 'unavailable', status: 502, detail: 'HTTP 502: Some detail.' }],
      [
        503,
        { 'Retry-After': '3' },
        { kind: 'unavailable', status: 503, detail: 'HTTP 503: Some detail.', retryAfterMs: 3_000 },
      ],
      [504, {}, { kind: 'unavailable', status: 504, detail: 'HTTP 504: Some detail.' }],
    ])('turns %i %j into an outcome with one request', async (status, headers, outcome) => {
      const server = await hubServer((response) => response.writeHead(status, headers).end(error));
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual(outcome);
      expect(server.requests).toHaveLength(1);
    });

    it('does not follow a redirect', async () => {
      const server = await hubServer((response) => response.writeHead(307, { Location: '/elsewhere' }).end());
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'misconfigured',
        status: 307,
        detail: 'HTTP 307',
      });
      expect(server.requests).toHaveLength(1);
    });

    it('waits for the final answer after an announcement', async () => {
      const server = await hubServer((response) => {
        response.writeProcessing();
        response.writeEarlyHints({ link: '</a>; rel=preload' });
        response.writeHead(201).end();
      });
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
    });

    it.each([
      ['text/plain', 'x'],
      ['application/xml', '<broken'],
      ['application/xml', '<Error><Error><Error>'],
      ['application/json', '{"error":'],
      ['application/json', 'null'],
      ['application/json', '5'],
      ['application/json', '{"odata.error":{"message":null}}'],
      ['text/html; charset=x', '\ud83d\0<&>'],
    ])('survives a body of %s that is %j', async (contentType, body) => {
      const server = await hubServer((response) =>
        response.writeHead(503, { 'Content-Type': contentType }).end(body),
      );
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unavailable',
        status: 503,
        detail: 'HTTP 503',
      });
    });

    it('reads no more than 16 KiB of an answer', async () => {
      const server = await hubServer((response) => {
        response.writeHead(400);
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      });
      const connection = { endpoint: server.endpoint, keyName: 'Sender', key: sasKey };
      const transport = await create({ connection });
      closers.push(transport.close);
      const result = await transport.post(
        { path: '/a', headers: {}, body: '' },
        { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' },
      );
      expect(result).toMatchObject({ kind: 'response', status: 400, body: 'x'.repeat(16_384) });
    }, 4_000);
  });

  describe('faults before the request left', () => {
    it('is unavailable when the connection is refused', async () => {
      const client = await connect(`http://127.0.0.1:${await freePort()}`);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (ECONNREFUSED)',
      });
    });

    it('is unavailable when the name does not resolve', async () => {
      const client = await connect('https://no-such-namespace.invalid');
      expect(await client.send(push, handle, { timeoutMs: 2_000, waitMs: 2_000, priority: 'chat' })).toEqual({
        kind: 'unavailable',
        detail: expect.stringMatching(/^not sent \((?:ENOTFOUND|EAI_AGAIN|TIMEOUT)\)$/),
      });
    });

    it('is unavailable when the connection is reset before TLS is finished', async () => {
      const server = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
      const client = await connect(`https://127.0.0.1:${server.port}`);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (ECONNRESET)',
      });
      expect(server.received()).not.toContain(handle);
    });

    it('is unavailable when TLS does not finish in time', async () => {
      const server = await rawServer(() => undefined);
      const client = await connect(`https://127.0.0.1:${server.port}`);
      expect(await client.send(push, handle, soon)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (TIMEOUT)',
      });
    });

    it('is unavailable when no authority signed the certificate, and sends no request', async () => {
      const server = await hubServer((response) => response.writeHead(201).end(), { tls: true });
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (DEPTH_ZERO_SELF_SIGNED_CERT)',
      });
      expect(server.requests).toEqual([]);
    });

    it('verifies certificates even when the environment switches that off', async () => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      const server = await hubServer((response) => response.writeHead(201).end(), { tls: true });
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toMatchObject({ kind: 'unavailable' });
      expect(server.requests).toEqual([]);
    });

    it('sends no request when its time runs out before it could begin', async () => {
      const server = await hubServer((response) => response.writeHead(201).end());
      const client = await connect(server.endpoint);
      // From here the timers of Node.js come before the next immediates, with which azure-sb begins.
      await new Promise(setImmediate);
      const late = client.send({ ...push, body: '"late"' }, handle, {
        timeoutMs: 1,
        waitMs: 1,
        priority: 'chat',
      });
      // Holds the event loop until the timer is due, so that it runs before anything else of the request does.
      const dueMs = performance.now() + 5;
      while (performance.now() < dueMs);
      expect(await late).toEqual({ kind: 'unavailable', detail: 'not sent (TIMEOUT)' });
      expect(await client.send({ ...push, body: '"next"' }, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(server.requests.map(({ body }) => body)).toEqual(['"next"']);
    });

    it('never sends a request later that timed out waiting for a socket', async () => {
      const held: (() => void)[] = [];
      const server = await hubServer((response, { body }) => {
        if (body === '"first"') held.push(() => response.writeHead(201).end());
        else response.writeHead(201).end();
      });
      const client = await connect(server.endpoint, { limits: { maxConnections: 1 } });
      const first = client.send({ ...push, body: '"first"' }, handle, inTime);
      expect(await client.send({ ...push, body: '"second"' }, handle, soon)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (TIMEOUT)',
      });
      held[0]?.();
      expect(await first).toEqual({ kind: 'accepted' });
      expect(await client.send({ ...push, body: '"third"' }, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(server.requests.map(({ body }) => body)).toEqual(['"first"', '"third"']);
    });
  });

  describe('faults after the request left', () => {
    it.each([
      ['reset', (socket: RawServer['sockets'][number]) => socket.resetAndDestroy()],
      ['closed', (socket: RawServer['sockets'][number]) => socket.end()],
      [
        'answered with no HTTP',
        (socket: RawServer['sockets'][number]) => socket.write('220 mail ready\r\n\r\n'),
      ],
    ])(
      'is unknown when the connection is %s after the request was read, and sends once',
      async (_, fault) => {
        const server = await rawServer((socket) => onWholeRequest(socket, () => fault(socket)));
        const client = await connect(`http://127.0.0.1:${server.port}`);
        expect(await client.send(push, handle, inTime)).toEqual({
          kind: 'unknown',
          detail: expect.stringMatching(/^sent, but no answer \([A-Z_]+\)$/),
        });
        expect(server.received().match(/POST /g)).toHaveLength(1);
      },
    );

    // The two timeouts run on a connection that stands, so that they measure the hub and not this machine.
    it('is unknown when no answer comes in time, and ends the socket', async () => {
      const server = await hubServer((response) => {
        if (server.requests.length === 1) response.writeHead(201).end();
      });
      const client = await connect(server.endpoint, { limits: { maxConnections: 1 } });
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(await client.send(push, handle, soon)).toEqual({
        kind: 'unknown',
        detail: 'sent, but no answer (TIMEOUT)',
      });
      const [socket] = server.sockets;
      if (socket?.closed === false) await once(socket, 'close');
      expect(socket?.closed).toBe(true);
      expect(server.sockets).toHaveLength(1);
    }, 4_000);

    it('is unknown when only an announcement came before the connection broke', async () => {
      const server = await rawServer((socket) =>
        onWholeRequest(socket, () =>
          socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', () => socket.resetAndDestroy()),
        ),
      );
      const client = await connect(`http://127.0.0.1:${server.port}`);
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unknown',
        detail: expect.stringMatching(/^sent, but no answer/),
      });
    });

    it.each([
      [
        'HTTP/1.1 201 Created\r\nTrackingId: t-1\r\nContent-Length: 99\r\n\r\n<Err',
        { kind: 'accepted', trackingId: 't-1' },
      ],
      [
        'HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<Err',
        { kind: 'unavailable', status: 503, detail: 'HTTP 503', retryAfterMs: 2_000 },
      ],
    ])('lets the status decide when the body breaks off: %j', async (text, outcome) => {
      const server = await rawServer((socket) =>
        onWholeRequest(socket, () => socket.write(text, () => socket.resetAndDestroy())),
      );
      const client = await connect(`http://127.0.0.1:${server.port}`);
      expect(await client.send(push, handle, inTime)).toEqual(outcome);
    });

    it('lets the status decide when the body does not come in time', async () => {
      const server = await hubServer((response) => {
        if (server.requests.length === 1) response.writeHead(201).end();
        else response.writeHead(201, { TrackingId: 't-1', 'Content-Length': '9' }).write('a');
      });
      const client = await connect(server.endpoint, { limits: { maxConnections: 1 } });
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(await client.send(push, handle, soon)).toEqual({ kind: 'accepted', trackingId: 't-1' });
    });
  });

  describe('connections', () => {
    it('sends over TLS to a server whose certificate is trusted', async () => {
      const server = await hubServer((response) => response.writeHead(201).end(), { tls: true });
      const client = await connect(server.endpoint, { ca: testTls.cert });
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(server.requests).toHaveLength(1);
    });

    it('sends many requests over few sockets', async () => {
      const server = await hubServer((response) => response.writeHead(201).end());
      const client = await connect(server.endpoint);
      for (let count = 0; count < 50; count += 1) {
        expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      }
      expect(server.requests).toHaveLength(50);
      // undici frees a socket one turn of the event loop after the answer, so a quick next send may open a second one.
      expect(server.sockets.length).toBeLessThanOrEqual(2);
    });

    it('takes a new socket when the server has closed the idle one', async () => {
      const server = await hubServer((response) => response.writeHead(201).end());
      const client = await connect(server.endpoint);
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      const [socket] = server.sockets;
      socket?.end();
      if (socket?.closed === false) await once(socket, 'close');
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(server.sockets).toHaveLength(2);
    });

    it('is unknown, and sends once, when the server closes the idle socket at the moment of re-use', async () => {
      const server = await rawServer((socket) =>
        onWholeRequest(socket, (count) => {
          if (count === 1) socket.write('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n');
          else socket.resetAndDestroy();
        }),
      );
      const client = await connect(`http://127.0.0.1:${server.port}`, { limits: { maxConnections: 1 } });
      expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
      expect(await client.send(push, handle, inTime)).toMatchObject({ kind: 'unknown' });
      expect(server.received().match(/POST /g)).toHaveLength(2);
      expect(server.sockets).toHaveLength(1);
    });

    it('never counts a request as not sent that waited for the socket of another', async () => {
      const server = await rawServer((socket) =>
        onWholeRequest(socket, (count) => {
          if (count === 1) socket.write('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n');
          else socket.resetAndDestroy();
        }),
      );
      const client = await connect(`http://127.0.0.1:${server.port}`, { limits: { maxConnections: 1 } });
      const outcomes = await Promise.all([
        client.send(push, handle, inTime),
        client.send(push, handle, inTime),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'unknown']);
      expect(server.sockets).toHaveLength(1);
    });

    it.each([
      [undefined, 32],
      [4, 4],
    ])(
      'sends 32 pushes at once, with a cap of %s over at most %i sockets',
      async (maxConnections, sockets) => {
        const server = await hubServer((response, { body }) =>
          response.writeHead(201, { TrackingId: body.replaceAll('"', '') }).end(),
        );
        const client = await connect(server.endpoint, {
          limits: maxConnections === undefined ? {} : { maxConnections },
        });
        const names = Array.from({ length: 32 }, (_, index) => `push-${index}`);
        const outcomes = await Promise.all(
          names.map((name) => client.send({ ...push, body: `"${name}"` }, handle, inTime)),
        );
        expect(outcomes).toEqual(names.map((trackingId) => ({ kind: 'accepted', trackingId })));
        expect(server.sockets.length).toBeLessThanOrEqual(sockets);
        expect(server.requests).toHaveLength(32);
      },
    );

    /** A hub that answers when it is told to, and a client with one socket to it. */
    const heldHub = async () => {
      const held: (() => void)[] = [];
      const server = await hubServer((response) => held.push(() => response.writeHead(201).end()));
      const client = await connect(server.endpoint, { limits: { maxConnections: 1 } });
      const answerNext = async (count: number) => {
        while (held.length < count) await new Promise(setImmediate);
        held[count - 1]?.();
      };
      const send = (name: string, options: Parameters<typeof client.send>[2]) =>
        client.send({ ...push, body: `"${name}"` }, handle, options);
      return { send, answerNext, client, bodies: () => server.requests.map(({ body }) => body) };
    };

    it('counts the time of a push from its write, not while it waits for a socket', async () => {
      const { send, answerNext } = await heldHub();
      const first = send('first', inTime);
      const second = send('second', { ...soon, waitMs: 5_000 });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await answerNext(1);
      await answerNext(2);
      expect([await first, await second]).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
      const third = send('third', { ...soon, timeoutMs: 5_000 });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await answerNext(3);
      expect(await third).toEqual({ kind: 'accepted' });
    });

    it('sends the rings that wait for a socket before the chat that does', async () => {
      const { send, answerNext, bodies } = await heldHub();
      const all = [
        send('first', inTime),
        send('chat 1', inTime),
        send('chat 2', inTime),
        send('ring 1', { ...inTime, priority: 'ring' }),
        send('ring 2', { ...inTime, priority: 'ring' }),
      ];
      for (let count = 1; count <= 5; count += 1) await answerNext(count);
      await Promise.all(all);
      expect(bodies()).toEqual(['"first"', '"ring 1"', '"ring 2"', '"chat 1"', '"chat 2"']);
    });

    it('does not send what is no longer wanted once a socket is free, and asks only what waited', async () => {
      const { send, answerNext, bodies } = await heldHub();
      const isStillWanted = async () => false;
      const all = [
        send('first', { ...inTime, isStillWanted }),
        send('unwanted', { ...inTime, isStillWanted }),
        send('wanted', { ...inTime, isStillWanted: async () => true }),
      ];
      await answerNext(1);
      await answerNext(2);
      expect(await Promise.all(all)).toEqual([
        { kind: 'accepted' },
        { kind: 'unavailable', detail: 'not sent (UNWANTED)' },
        { kind: 'accepted' },
      ]);
      expect(bodies()).toEqual(['"first"', '"wanted"']);
    });

    it('sends what waits for a socket before it closes', async () => {
      const { send, answerNext, client } = await heldHub();
      const all = [send('first', inTime), send('second', inTime)];
      const closed = client.close();
      await answerNext(1);
      await answerNext(2);
      expect(await Promise.all(all)).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
      await closed;
    });

    it('has a socket for the next push after 70 that got no answer', async () => {
      const server = await hubServer((response, { body }) => {
        if (body === '"next"') response.writeHead(201).end();
      });
      const client = await connect(server.endpoint, { limits: { maxConnections: 2 } });
      const silent = Array.from({ length: 70 }, () =>
        client.send(push, handle, { ...inTime, timeoutMs: 10 }),
      );
      expect(new Set((await Promise.all(silent)).map(({ kind }) => kind))).toEqual(new Set(['unknown']));
      expect(await client.send({ ...push, body: '"next"' }, handle, inTime)).toEqual({ kind: 'accepted' });
    });

    it('never makes a push wait for the answer of another', async () => {
      const held: (() => void)[] = [];
      const server = await hubServer((response) => {
        held.push(() => response.writeHead(201).end());
        if (held.length === 2) for (const answer of held) answer();
      });
      const client = await connect(server.endpoint);
      const sends = [client.send(push, handle, inTime), client.send(push, handle, inTime)];
      expect(await Promise.all(sends)).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
    });

    it.each([
      ['hints at five seconds', 'Keep-Alive: timeout=5\r\n'],
      ['hints at nothing', ''],
    ])(
      'closes an idle socket after a while when the server %s',
      async (_, hint) => {
        const server = await rawServer((socket) =>
          onWholeRequest(socket, () =>
            socket.write(`HTTP/1.1 201 Created\r\n${hint}Content-Length: 0\r\n\r\n`),
          ),
        );
        const client = await connect(`http://127.0.0.1:${server.port}`, { limits: { keepAliveMs: 50 } });
        expect(await client.send(push, handle, inTime)).toEqual({ kind: 'accepted' });
        const [socket] = server.sockets;
        if (socket?.closed === false) await once(socket, 'close');
        expect(socket?.closed).toBe(true);
      },
      3_000,
    );

    it('waits for running requests before it closes, then ends every socket and sends no more', async () => {
      const arrived: (() => void)[] = [];
      const server = await hubServer((response) => arrived.push(() => response.writeHead(201).end()));
      const client = await connect(server.endpoint);
      const running = client.send(push, handle, inTime);
      while (server.sockets.length === 0 || arrived.length === 0) await new Promise(setImmediate);
      const closed = client.close();
      expect(await client.send(push, handle, inTime)).toEqual({
        kind: 'unavailable',
        detail: 'not sent (CLOSED)',
      });
      arrived[0]?.();
      expect(await running).toEqual({ kind: 'accepted' });
      await closed;
      const [socket] = server.sockets;
      if (socket?.closed === false) await once(socket, 'close');
      expect(socket?.closed).toBe(true);
      await client.close();
      expect(server.requests).toHaveLength(1);
    });
  });
});
