import { describe, expect, it } from 'vitest';
import { createUndiciTransport } from '../../../src/notification-hubs/transports/undici-transport.ts';
import { startHubServer } from './support/start-hub-server.ts';
import { startRawServer } from './support/start-raw-server.ts';

// The limits only the built-in transport has. What both transports promise is in hub-transports.test.ts.
// undici counts these in steps of half a second, so each takes about one; they run side by side.

const request = { path: '/calls/messages/?direct&api-version=2015-04', headers: {}, body: '{}' };
const connectionTo = (endpoint: string) => ({ endpoint, keyName: 'Sender', key: 'a2V5' });

describe.concurrent('undici transport', () => {
  it('aborts a connection that is never established', async () => {
    const server = await startRawServer(() => undefined);
    const transport = createUndiciTransport({
      connection: connectionTo(`https://127.0.0.1:${server.port}`),
      limits: { connectTimeoutMs: 50 },
    });
    expect(await transport.post(request, { timeoutMs: 10_000, waitMs: 10_000, priority: 'chat' })).toEqual({
      kind: 'not-sent',
      reason: 'UND_ERR_CONNECT_TIMEOUT',
    });
    await transport.close();
    await server.close();
  });

  it('aborts a request whose response headers never come', async () => {
    const server = await startHubServer(() => undefined);
    const transport = createUndiciTransport({
      connection: connectionTo(server.endpoint),
      limits: { headersTimeoutMs: 50 },
    });
    expect(await transport.post(request, { timeoutMs: 10_000, waitMs: 10_000, priority: 'chat' })).toEqual({
      kind: 'no-answer',
      reason: 'UND_ERR_HEADERS_TIMEOUT',
    });
    await transport.close();
    await server.close();
  });

  it('aborts a body that stalls, and keeps the status', async () => {
    const server = await startHubServer((response) => {
      response.writeHead(201, { 'Content-Length': '9' }).write('part');
    });
    const transport = createUndiciTransport({
      connection: connectionTo(server.endpoint),
      limits: { bodyTimeoutMs: 50 },
    });
    expect(
      await transport.post(request, { timeoutMs: 10_000, waitMs: 10_000, priority: 'chat' }),
    ).toMatchObject({
      kind: 'response',
      status: 201,
      body: 'part',
    });
    await transport.close();
    await server.close();
  });

  it('reports a request that undici rejects as not sent', async () => {
    const transport = createUndiciTransport({ connection: connectionTo('http://127.0.0.1:1') });
    expect(
      await transport.post(
        { ...request, headers: { 'x-a': 'b\r\nc' } },
        { timeoutMs: 10_000, waitMs: 10_000, priority: 'chat' },
      ),
    ).toEqual({
      kind: 'not-sent',
      reason: 'UND_ERR_INVALID_ARG',
    });
    await transport.close();
  });
});
