import { describe, expect, it } from 'vitest';
import { startTestHost } from '../../../support/start-test-host.ts';

describe('HTTP functions of the local host', () => {
  it('passes method, URL, parameters, query, headers and body to the handler, and returns its response', async () => {
    const lines: string[] = [];
    const host = await startTestHost('http', { print: (line) => lines.push(line) });
    const response = await fetch(`${host.url}/api/echo/8%3Aacs%3Aada/phone%201?q=1&q=2&empty=`, {
      method: 'PUT',
      headers: {
        'x-test': 'head',
        cookie: 'c=1',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
      body: 'hej å 🙂',
    });

    expect(response.status).toBe(207);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.getSetCookie()).toEqual([
      'a=x%20y; max-age=60; path=/; secure; samesite=lax; httponly',
      'b=2; expires=Sun, 22 Nov 2026 09:00:00 GMT; domain=example.org; path=/api',
    ]);
    expect(await response.json()).toEqual({
      method: 'PUT',
      url: `${host.url}/api/echo/8%3Aacs%3Aada/phone%201?q=1&q=2&empty=`,
      params: { userId: '8:acs:ada', deviceId: 'phone 1' },
      query: { q: '1,2', empty: '' },
      header: 'head',
      cookie: 'c=1',
      body: 'hej å 🙂',
      functionName: 'echo',
      traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(lines).toContain('09:00:00.000 info  echo  echo was called');
  });

  it('omits an absent optional parameter and passes OPTIONS on', async () => {
    const host = await startTestHost('http');
    const response = await fetch(`${host.url}/API/Echo/ada`, { method: 'OPTIONS' });
    expect(await response.json()).toMatchObject({ method: 'OPTIONS', params: { userId: 'ada' }, body: '' });
  });

  it('carries bytes both ways', async () => {
    const host = await startTestHost('http');
    const response = await fetch(`${host.url}/api/bytes`, {
      method: 'POST',
      body: new Uint8Array([0, 255, 128]),
    });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([128, 255, 0]);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each([
    ['/api/numbers/12', 'a number'],
    ['/api/numbers/twelve', 'a word'],
    ['/api/numbers/special', 'special'],
    ['/api/rest/a/b%2Fc/d', 'a/b%2Fc/d'],
    ['/api/rest', 'none'],
  ])('finds the most specific route for %s', async (path, text) => {
    const host = await startTestHost('http');
    expect(await (await fetch(`${host.url}${path}`)).text()).toBe(text);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/echo/ada'],
    ['GET', '/api/echo'],
    ['GET', '/api/echo/ada/phone/more'],
    ['GET', '/api/numbers/%'],
    ['DELETE', '/api/echo/ada'],
  ])('answers 404 without a body to %s %s', async (method, path) => {
    const host = await startTestHost('http');
    const response = await fetch(`${host.url}${path}`, { method });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('answers 204 when a handler returns nothing', async () => {
    const host = await startTestHost('http');
    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
  });

  it('answers 500 without the reason when a handler throws, and logs the reason', async () => {
    const lines: string[] = [];
    const host = await startTestHost('http', { print: (line) => lines.push(line) });
    const response = await fetch(`${host.url}/api/throws`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    expect(lines).toEqual(['09:00:00.000 error throws  failed: secret detail']);
  });

  it('sets environment variables while it runs, and restores them', async () => {
    const host = await startTestHost('http', { settings: { HOST_TEST_SETTING: 'set' } });
    expect(await (await fetch(`${host.url}/api/setting`)).text()).toBe('set');
    await host.stop();
    expect(process.env['HOST_TEST_SETTING']).toBeUndefined();
  });

  it('is unreachable after stop, and a second host of the same app starts on the same port', async () => {
    const first = await startTestHost('http');
    await first.stop();
    await expect(fetch(first.url)).rejects.toThrow();
    const second = await startTestHost('http', { port: first.port });
    expect(await (await fetch(`${second.url}/api/numbers/1`)).text()).toBe('a number');
  });
});
