import { describe, expect, it } from 'vitest';
import { createDirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import type { HubRequest } from '../../../src/notification-hubs/request.ts';
import type {
  HubTransportResult,
  PostOptions,
} from '../../../src/notification-hubs/transports/hub-transport.ts';

const push = { platform: 'apns', headers: { 'apns-push-type': 'alert' }, body: '{"aps":{}}' } as const;

const soon = { timeoutMs: 1_000, waitMs: 2_000, priority: 'chat' } as const;

const setUp = (result: HubTransportResult, hubName = 'calls') => {
  const posts: { request: HubRequest; options: PostOptions }[] = [];
  let closed = 0;
  const client = createDirectSendClient({
    hub: {
      connection: {
        endpoint: 'https://contoso.servicebus.windows.net',
        keyName: 'Sender',
        key: 'key-secret',
      },
      hubName,
    },
    transport: {
      post: async (request, options) => {
        posts.push({ request, options });
        return result;
      },
      close: async () => {
        closed += 1;
      },
    },
    clock: () => 1_795_302_000_000,
  });
  return { client, posts, closed: () => closed };
};

describe('createDirectSendClient', () => {
  it('sends one signed request to one handle', async () => {
    const { client, posts } = setUp({
      kind: 'response',
      status: 201,
      headers: { trackingid: 't-1' },
      body: '',
    });
    expect(await client.send(push, 'abc', { timeoutMs: 1500, waitMs: 2500, priority: 'ring' })).toEqual({
      kind: 'accepted',
      trackingId: 't-1',
    });
    expect(posts).toHaveLength(1);
    expect(posts[0]?.options).toEqual({ timeoutMs: 1500, waitMs: 2500, priority: 'ring' });
    expect(posts[0]?.request.path).toBe('/calls/messages/?direct&api-version=2015-04');
    expect(posts[0]?.request.headers['servicebusnotification-devicehandle']).toBe('abc');
    expect(posts[0]?.request.headers['authorization']).toMatch(
      /^SharedAccessSignature sr=https%3A%2F%2Fcontoso\.servicebus\.windows\.net%2F&sig=[\w%]+&se=1795305600&skn=Sender$/,
    );
  });

  it('rejects, and does not throw, for a hub name that no URL can carry', async () => {
    const { client, posts } = setUp({ kind: 'response', status: 201, headers: {}, body: '' }, '..');
    const sending = client.send(push, 'abc', { timeoutMs: 1500, waitMs: 2500, priority: 'ring' });
    await expect(sending).rejects.toMatchObject({ code: 'HUB_REQUEST_INVALID' });
    expect(posts).toEqual([]);
  });

  it('does not retry on 401', async () => {
    const { client, posts } = setUp({ kind: 'response', status: 401, headers: {}, body: '' });
    expect(await client.send(push, 'abc', soon)).toEqual({
      kind: 'misconfigured',
      status: 401,
      detail: 'HTTP 401',
    });
    expect(posts).toHaveLength(1);
  });

  it('keeps the handle and the key out of the detail', async () => {
    const { client } = setUp({
      kind: 'response',
      status: 400,
      headers: {},
      body: '<Error><Detail>abc, de and key-secret</Detail></Error>',
    });
    expect(await client.send(push, 'abc', soon)).toMatchObject({
      detail: 'HTTP 400: [redacted], de and [redacted]',
    });
  });

  it.each([0, -1, Number.NEGATIVE_INFINITY])(
    'is expired without a request when %d ms are left',
    async (timeoutMs) => {
      const { client, posts } = setUp({ kind: 'not-sent', reason: 'X' });
      expect(await client.send(push, 'abc', { ...soon, timeoutMs })).toEqual({ kind: 'expired' });
      expect(await client.send(push, 'abc', { ...soon, waitMs: timeoutMs })).toEqual({ kind: 'expired' });
      expect(posts).toEqual([]);
    },
  );

  it.each([
    [0.2, 1],
    [Number.POSITIVE_INFINITY, 600_000],
    [600_001, 600_000],
  ])('waits %d ms as %i ms', async (timeoutMs, waitedMs) => {
    const { client, posts } = setUp({ kind: 'not-sent', reason: 'X' });
    await client.send(push, 'abc', { ...soon, timeoutMs, waitMs: timeoutMs });
    expect(posts[0]?.options).toMatchObject({ timeoutMs: waitedMs, waitMs: waitedMs });
  });

  it('rejects arguments that can never work', async () => {
    const { client, posts } = setUp({ kind: 'not-sent', reason: 'X' });
    const invalid = { code: 'HUB_REQUEST_INVALID' };
    await expect(client.send(push, '', soon)).rejects.toMatchObject(invalid);
    const nan = Number.NaN;
    await expect(client.send(push, 'abc', { ...soon, timeoutMs: nan })).rejects.toMatchObject(invalid);
    await expect(client.send(push, 'abc', { ...soon, waitMs: nan })).rejects.toMatchObject(invalid);
    expect(posts).toEqual([]);
  });

  it('closes its transport', async () => {
    const { client, closed } = setUp({ kind: 'not-sent', reason: 'X' });
    await client.close();
    expect(closed()).toBe(1);
  });
});
