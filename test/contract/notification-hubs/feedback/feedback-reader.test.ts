import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { closeServer, listen } from '../../../../src/local/http-server.ts';
import { startHubEmulator } from '../../../../src/local/hub-emulator/start-hub-emulator.ts';
import type { FeedbackLimits } from '../../../../src/notification-hubs/feedback/feedback-container.ts';
import type { FeedbackRecord } from '../../../../src/notification-hubs/feedback/feedback-document.ts';
import { createFeedbackReader } from '../../../../src/notification-hubs/feedback/feedback-reader.ts';
import { feedbackDocument } from './feedback-document.ts';
import { openFeedbackContainer } from './open-feedback-container.ts';
import { type FeedbackAnswer, hubNowMs, startFeedbackHub } from './start-feedback-hub.ts';

const h1 = 'a1'.repeat(32);
const h2 = 'b2'.repeat(32);
const h3 = 'c3'.repeat(32);

async function read(answer: FeedbackAnswer, limits: Partial<FeedbackLimits> = {}, timeoutMs = 20_000) {
  const { hub, requests } = await startFeedbackHub({ relay: answer });
  const records: FeedbackRecord[] = [];
  const reader = createFeedbackReader({ hub: hub(), clock: () => hubNowMs, limits });
  const reading = await reader.read((record) => records.push(record), timeoutMs);
  return { reading, requests, records, handles: records.map(({ handle }) => handle).sort() };
}

/** An origin on this machine without a listener. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  const port = await listen(server, { port: 0, setting: 'none', what: 'a server' });
  await closeServer(server);
  return `http://127.0.0.1:${port}`;
}

describe('the feedback of a hub', () => {
  it('is asked for as the REST reference says', async () => {
    const { requests } = await read({ status: 403 });
    expect(requests).toEqual([
      'GET /relay/feedbackcontainer?api-version=2015-01 application/xml;type=entry;charset=utf-8',
    ]);
  });

  it('is read from the blobs of today and the two days before, in any encoding', async () => {
    const container = await openFeedbackContainer();
    await container.put('11222026', feedbackDocument({ handle: h1 }));
    await container.put(
      '11212026_part2',
      Buffer.from(`\uFEFF${feedbackDocument({ handle: h2 })}`, 'utf16le'),
    );
    await container.put('11202026/a', feedbackDocument({ handle: h3, platform: 'gcm' }));
    await container.put('11192026', feedbackDocument({ handle: 'too-old' }));
    await container.put('11232026', feedbackDocument({ handle: 'tomorrow' }));
    await container.put('unrelated', feedbackDocument({ handle: 'unrelated' }));
    const { reading, records, handles } = await read({ status: 200, body: `\uFEFF${container.url}\r\n` });
    expect(reading).toEqual({ kind: 'read', documents: 3, broken: 0, blobs: 3 });
    expect(handles).toEqual([h1, h2, h3]);
    expect(records.find(({ handle }) => handle === h3)).toEqual({
      feedbackTimeMs: Date.UTC(2026, 10, 22, 8, 30, 0, 123),
      error: 'ExpiredChannel',
      platform: 'fcmv1',
      handle: h3,
    });
  });

  it('counts broken documents and reads on', async () => {
    const container = await openFeedbackContainer();
    const good = feedbackDocument({ handle: h1 });
    await container.put(
      '11222026',
      `\u0000\u0001 garbage ${good.slice(0, 300)}${good}<x/>${good.slice(0, -20)}`,
    );
    await container.put('11212026', '');
    const { reading, handles } = await read({ status: 200, body: container.url });
    expect(reading).toEqual({ kind: 'read', documents: 1, broken: 2, blobs: 1 });
    expect(handles).toEqual([h1]);
  });

  it('reads on after many documents', async () => {
    const container = await openFeedbackContainer();
    await container.put('11222026', feedbackDocument({ handle: h1 }).repeat(450));
    const { reading } = await read({ status: 200, body: container.url });
    expect(reading).toEqual({ kind: 'read', documents: 450, broken: 0, blobs: 1 });
  });

  it('is empty when there is no blob, and when there is no container yet', async () => {
    for (const exists of [true, false]) {
      const container = await openFeedbackContainer({ exists });
      const { reading } = await read({ status: 200, body: container.url });
      expect(reading).toEqual({ kind: 'read', documents: 0, broken: 0, blobs: 0 });
    }
  });

  it('reads the end of a blob that is too long', async () => {
    const container = await openFeedbackContainer();
    const text = [h1, h2, h3].map((handle) => feedbackDocument({ handle })).join('');
    const bytes = Buffer.from(text, 'utf16le');
    await container.put('11222026', bytes);
    const limits = { bytesPerBlob: Math.floor(bytes.length / 2) | 1 };
    const { reading, handles } = await read({ status: 200, body: container.url }, limits);
    expect(reading).toEqual({ kind: 'read', documents: 1, broken: 0, blobs: 1 });
    expect(handles).toEqual([h3]);
  });

  it('reads the blobs that changed last when there are too many', async () => {
    const container = await openFeedbackContainer();
    const firstAtMs = await container.put('11222026', feedbackDocument({ handle: h1 }));
    await vi.waitFor(
      async () => {
        const secondAtMs = await container.put('11202026', feedbackDocument({ handle: h2 }));
        expect(secondAtMs).toBeGreaterThan(firstAtMs);
      },
      { timeout: 10_000, interval: 50 },
    );
    const few = await read({ status: 200, body: container.url }, { blobs: 1 });
    expect(few.handles).toEqual([h2]);
    const size = Buffer.byteLength(feedbackDocument({ handle: h2 }));
    const small = await read({ status: 200, body: container.url }, { bytes: size });
    expect(small.reading).toEqual({ kind: 'read', documents: 1, broken: 0, blobs: 1 });
    expect(small.handles).toEqual([h2]);
  });

  it('is unavailable when the container may not be listed, and read in part when its blobs may not be read', async () => {
    const unlisted = await openFeedbackContainer({ permissions: 'r' });
    expect((await read({ status: 200, body: unlisted.url })).reading).toEqual({
      kind: 'unavailable',
      detail: 'feedback container, list: HTTP 403',
    });
    const unread = await openFeedbackContainer({ permissions: 'l' });
    await unread.put('11222026', feedbackDocument({ handle: h1 }));
    expect((await read({ status: 200, body: unread.url })).reading).toEqual({
      kind: 'unavailable',
      detail: 'feedback container, read: HTTP 403',
    });
  });
});

describe('feedback that can be read only in part', () => {
  /** Storage that lists two blobs and gives only the second, newer one. */
  const storage =
    (first: (request: IncomingMessage, response: ServerResponse) => void): FeedbackAnswer =>
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://storage');
      if (pathname.endsWith('/11222026a')) return first(request, response);
      const good = feedbackDocument({ handle: h1 });
      if (pathname.endsWith('/11222026b')) {
        const headers = { 'content-length': good.length, etag: 'x', 'x-ms-blob-type': 'BlockBlob' };
        return response.writeHead(206, headers).end(good);
      }
      const blob = (name: string, minute: number) =>
        `<Blob><Name>${name}</Name><Properties><Last-Modified>Sun, 22 Nov 2026 08:0${minute}:00 GMT</Last-Modified><Etag>x</Etag><Content-Length>${good.length}</Content-Length></Properties></Blob>`;
      const names =
        searchParams.get('prefix') === '11222026' ? blob('11222026a', 1) + blob('11222026b', 2) : '';
      return response
        .writeHead(200, { 'content-type': 'application/xml' })
        .end(
          `<?xml version="1.0"?><EnumerationResults><Blobs>${names}</Blobs><NextMarker/></EnumerationResults>`,
        );
    };

  it.each<readonly [string, Parameters<typeof storage>[0], string]>([
    ['is gone', (_request, response) => response.writeHead(404).end(), 'read: HTTP 404'],
    ['is refused', (_request, response) => response.writeHead(503).end(), 'read: HTTP 503'],
    ['gets no answer', (request) => request.socket.destroy(), 'read: ECONNRESET'],
  ])('is read but for the blob that %s', async (_what, first, unread) => {
    const account = await startFeedbackHub({ account: storage(first) });
    const url = `${account.hub().connection.endpoint}/account/feedback?sig=secret`;
    const { reading, handles } = await read({ status: 200, body: url });
    expect(reading).toEqual({ kind: 'read', documents: 1, broken: 0, blobs: 1, unread });
    expect(handles).toEqual([h1]);
  });

  it('ends in the middle of a blob when the time is over', async () => {
    const container = await openFeedbackContainer();
    await container.put('11222026', feedbackDocument({ handle: h1 }).repeat(250));
    const { hub } = await startFeedbackHub({ relay: { status: 200, body: container.url } });
    const reader = createFeedbackReader({ hub: hub(), clock: () => hubNowMs });
    const endMs = performance.now() + 2_100;
    const reading = await reader.read(() => {
      while (performance.now() < endMs);
    }, 2_000);
    expect(reading).toMatchObject({ kind: 'read', broken: 0, blobs: 1, unread: 'read: TIMEOUT' });
    // Timers get their turn within two breaths of a hundred documents.
    expect(reading.kind === 'read' && reading.documents).toBeLessThanOrEqual(200);
  });
});

describe('a hub without feedback', () => {
  it.each<readonly [string, FeedbackAnswer, object]>([
    ['has a tier below Standard', { status: 403 }, { kind: 'not-offered', status: 403 }],
    [
      'throttles with 403',
      { status: 403, headers: { 'retry-after': '5' } },
      { kind: 'throttled', status: 403 },
    ],
    ['throttles with 429', { status: 429 }, { kind: 'throttled', status: 429 }],
    ['does not know the hub', { status: 404 }, { kind: 'misconfigured', detail: 'HTTP 404' }],
    ['refuses the request', { status: 400 }, { kind: 'misconfigured', detail: 'HTTP 400' }],
    ['fails', { status: 500 }, { kind: 'unavailable', detail: 'HTTP 500' }],
    [
      'fails with words',
      { status: 503, body: '<Error><Code>503</Code><Detail>Come back later</Detail></Error>' },
      { kind: 'unavailable', detail: 'HTTP 503: Come back later' },
    ],
    [
      'redirects',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { kind: 'misconfigured', detail: 'HTTP 302' },
    ],
    ['creates something', { status: 201 }, { kind: 'misconfigured', detail: 'HTTP 201' }],
    [
      'hangs up',
      (request) => request.socket.destroy(),
      { kind: 'unavailable', detail: 'no answer (UND_ERR_SOCKET)' },
    ],
  ])('is judged by its answer: %s', async (_what, answer, expected) => {
    const { reading, records } = await read(answer);
    expect(reading).toEqual(expected);
    expect(records).toEqual([]);
  });

  it('is misconfigured when it rejects the key', async () => {
    const { hub } = await startFeedbackHub({ relay: { status: 200 } });
    const reader = createFeedbackReader({ hub: hub('relay', 'wrong'), clock: () => hubNowMs });
    expect(await reader.read(() => undefined, 10_000)).toEqual({ kind: 'misconfigured', detail: 'HTTP 401' });
  });

  it('is unavailable when it does not answer in time', async () => {
    const { reading } = await read(() => undefined, {}, 150);
    expect(reading).toEqual({ kind: 'unavailable', detail: 'no answer (TIMEOUT)' });
  });

  it('is unavailable when it refuses the connection', async () => {
    const connection = { endpoint: await closedOrigin(), keyName: 'Manager', key: 'k' };
    const reader = createFeedbackReader({ hub: { connection, hubName: 'relay' }, clock: () => hubNowMs });
    const reading = await reader.read(() => undefined, 10_000);
    expect(reading).toEqual({ kind: 'unavailable', detail: 'no answer (ECONNREFUSED)' });
  });

  it('is not asked when no time is left', async () => {
    const { reading, requests } = await read({ status: 403 }, {}, 0);
    expect(reading).toEqual({ kind: 'unavailable', detail: 'no time left' });
    expect(requests).toEqual([]);
  });

  it('is the emulator, which keeps none', async () => {
    const emulator = await startHubEmulator({
      port: 0,
      hubs: ['relay'],
      keys: { Manager: 'k' },
      clock: () => hubNowMs,
      wait: () => Promise.resolve(),
    });
    onTestFinished(emulator.stop);
    const connection = { endpoint: emulator.url, keyName: 'Manager', key: 'k' };
    const reader = createFeedbackReader({ hub: { connection, hubName: 'relay' }, clock: () => hubNowMs });
    expect(await reader.read(() => undefined, 10_000)).toEqual({ kind: 'not-offered', status: 501 });
  });
});

describe('an answer that names no container', () => {
  it('is never followed to where it points', async () => {
    const inside = await startFeedbackHub({});
    const location = `${inside.hub().connection.endpoint}/account/feedback?sig=secret`;
    const { reading } = await read({ status: 307, headers: { location } });
    expect(reading).toEqual({ kind: 'misconfigured', detail: 'HTTP 307' });
    expect(inside.requests).toEqual([]);
  });

  it('is never followed, and never repeated', async () => {
    const inside = await startFeedbackHub({});
    const { endpoint } = inside.hub().connection;
    const addresses = [
      `${endpoint}/a/b/c?sig=secret`,
      `${endpoint.replace('127.0.0.1', '0.0.0.0')}/a/b?sig=secret`,
      `${endpoint}/container`,
      'x'.repeat(100_000),
      '',
    ];
    for (const body of addresses) {
      const { reading } = await read({ status: 200, body });
      expect(reading).toEqual({
        kind: 'misconfigured',
        detail: 'HTTP 200, but the answer is not the address of a blob container',
      });
    }
    expect(inside.requests).toEqual([]);
  });

  it('has no container behind it when storage cannot be reached', async () => {
    const { reading } = await read({
      status: 200,
      body: `${await closedOrigin()}/account/feedback?sig=secret`,
    });
    expect(reading).toEqual({ kind: 'unavailable', detail: 'feedback container, list: ECONNREFUSED' });
  });

  it('does not hold up the run when storage is silent', async () => {
    const silent = await startFeedbackHub({ account: () => undefined });
    const { reading } = await read(
      { status: 200, body: `${silent.hub().connection.endpoint}/account/feedback?sig=secret` },
      {},
      400,
    );
    expect(reading).toEqual({ kind: 'unavailable', detail: 'feedback container, list: TIMEOUT' });
  });
});
