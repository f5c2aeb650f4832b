import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startTestInspector } from '../../../support/start-test-inspector.ts';

/** The status of a request with any `Host`, which `fetch` would not let through. */
function statusWith(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const outgoing = request(url, { method, headers }, (response) => {
    response.resume();
    response.on('end', () => resolve(response.statusCode ?? 0));
    if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
      resolve(response.statusCode ?? 0);
      response.destroy();
    }
  });
  outgoing.on('error', reject);
  outgoing.end(method === 'POST' ? '{}' : undefined);
  return promise;
}

describe('the inspector', () => {
  it('is served with a policy that allows only its own files', async () => {
    const { hub } = await startTestInspector('inspector');
    const page = await fetch(`${hub.url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await page.text()).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
    const module = await fetch(`${hub.url}/inspector/src/local/inspector/page/main.ts`);
    expect(module.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('answers only requests whose host is this machine', async () => {
    const { hub } = await startTestInspector('inspector');
    for (const path of ['/', '/inspector/api/stream']) {
      const status = (host: string) => statusWith(`${hub.url}${path}`, { host });
      expect(await status(`localhost:${hub.port}`)).toBe(200);
      expect(await status(`[::1]:${hub.port}`)).toBe(200);
      expect(await status(`rebound.example.net:${hub.port}`)).toBe(403);
      expect(await status('localhost:1')).toBe(403);
      expect(await status('localhost')).toBe(403);
    }
  });

  it('changes nothing for a foreign page', async () => {
    const { hub, inspector } = await startTestInspector('inspector');
    inspector.journal.add({ kind: 'arrival', pushId: 'a', handle: 'h' });
    const clear = (headers: Record<string, string>) =>
      statusWith(`${hub.url}/inspector/api/clear`, headers, 'POST');
    const json = { 'content-type': 'application/json' };
    expect(await clear({ ...json, origin: 'https://evil.example.net' })).toBe(403);
    expect(await clear({ ...json, origin: `http://localhost:${hub.port + 1}` })).toBe(403);
    expect(await clear({ ...json, origin: 'null' })).toBe(403);
    expect(await clear({ 'content-type': 'text/plain' })).toBe(403);
    expect(await clear({})).toBe(403);
    expect(inspector.journal.after(0)).toHaveLength(1);
    expect(await clear({ ...json, origin: hub.url })).toBe(204);
    expect(inspector.journal.after(0)).toEqual([]);
  });

  it('serves only the files of the page, and leaves hubs to the hub emulator', async () => {
    const { hub } = await startTestInspector('inspector');
    for (const path of [
      '/inspector/src/local/inspector/server/create-inspector.ts',
      '/inspector/package.json',
      '/inspector/src/local/inspector/page/%2e%2e/%2e%2e/start.ts',
      '/inspector/api/raise',
    ]) {
      expect([path, (await fetch(`${hub.url}${path}`)).status]).toEqual([path, 404]);
    }
    expect((await fetch(`${hub.url}/relay/messages/?direct&api-version=2015-04`)).status).toBe(401);
    expect((await fetch(`${hub.url}/favicon.ico`)).status).toBe(401);
  });
});
