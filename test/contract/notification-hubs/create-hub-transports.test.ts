import { describe, expect, it } from 'vitest';
import { createHubTransports } from '../../../src/notification-hubs/transports/hub-transports.ts';
import { startHubServer } from './support/start-hub-server.ts';

const request = { path: '/calls/messages/?direct&api-version=2015-04', headers: {}, body: '{}' };

describe('createHubTransports', () => {
  it('shares the built-in transport between hubs of a namespace', async () => {
    const server = await startHubServer((response) => response.writeHead(201).end());
    const transports = createHubTransports('undici');
    const calls = await transports.open({ endpoint: server.endpoint, keyName: 'calls', key: 'a' });
    const chat = await transports.open({ endpoint: server.endpoint, keyName: 'chat', key: 'b' });
    const other = await transports.open({ endpoint: 'http://127.0.0.1:1', keyName: 'calls', key: 'a' });
    expect(chat).toBe(calls);
    expect(other).not.toBe(calls);
    expect(await calls.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toMatchObject({
      kind: 'response',
      status: 201,
    });
    await transports.close();
    expect(await chat.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toEqual({
      kind: 'not-sent',
      reason: 'CLOSED',
    });
    expect(await other.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toEqual({
      kind: 'not-sent',
      reason: 'CLOSED',
    });
    await server.close();
  });

  it('shares azure-sb, which signs, only between hubs of one connection', async () => {
    const transports = createHubTransports('azure-sb');
    const connection = { endpoint: 'http://127.0.0.1:1', keyName: 'calls', key: 'a' };
    const calls = await transports.open(connection);
    expect(await transports.open({ ...connection })).toBe(calls);
    expect(await transports.open({ ...connection, key: 'b' })).not.toBe(calls);
    await expect(transports.open({ ...connection, endpoint: 'http://intranet' })).rejects.toMatchObject({
      code: 'HUB_CONNECTION_STRING_INVALID',
    });
    await transports.close();
    expect(await calls.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toEqual({
      kind: 'not-sent',
      reason: 'CLOSED',
    });
  });

  it('does not keep a failure to open for the life of the process', async () => {
    const transports = createHubTransports('azure-sb');
    const refused = { endpoint: 'http://intranet', keyName: 'calls', key: 'a' };
    const first = await transports.open(refused).catch((error: unknown) => error);
    const second = await transports.open(refused).catch((error: unknown) => error);
    expect(second).toMatchObject({ code: 'HUB_CONNECTION_STRING_INVALID' });
    expect(second).not.toBe(first);
    await transports.close();
  });
});
