import { execFile } from 'node:child_process';
import { inspect, promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAzureSbTransport } from '../../../src/notification-hubs/transports/azure-sb-transport.ts';
import { startHubServer } from './support/start-hub-server.ts';

// What only azure-sb can do wrong. What both transports promise is in hub-transports.test.ts.

const request = { path: '/calls/messages/?direct&api-version=2015-04', headers: {}, body: '{}' };
const connectionTo = (endpoint: string) => ({ endpoint, keyName: 'Sender', key: 'key-secret' });

afterEach(() => vi.unstubAllEnvs());

describe('azure-sb transport', () => {
  it('reports how to install the package when it is missing', async () => {
    const hide =
      'import { registerHooks } from "node:module";' +
      'registerHooks({ resolve: (s, c, next) => next(s === "azure-sb" ? "no-such-package" : s, c) });';
    const file = new URL('../../../src/notification-hubs/transports/azure-sb-transport.ts', import.meta.url);
    const run =
      `import { createAzureSbTransport } from ${JSON.stringify(file.href)};` +
      'await createAzureSbTransport({ connection: { endpoint: "https://a.test", keyName: "n", key: "k" } })' +
      '.catch((error) => console.log(error.code + ": " + error.message));';
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(hide)}`,
      '--input-type=module',
      '--eval',
      run,
    ]);
    expect(stdout).toBe(
      'HUB_TRANSPORT_NOT_INSTALLED: HUB_TRANSPORT is "azure-sb", but the package azure-sb cannot be loaded ' +
        '(ERR_MODULE_NOT_FOUND). Run "npm install azure-sb", or remove HUB_TRANSPORT to use the built-in transport.\n',
    );
  });

  it('rejects a host that the library rejects, without its message, which contains the key', async () => {
    const refused = await createAzureSbTransport({ connection: connectionTo('https://intranet') }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'HUB_CONNECTION_STRING_INVALID', class: 'config' });
    expect(inspect(refused, { depth: 9, showHidden: true })).not.toContain('secret');
  });

  it('verifies TLS and uses no proxy, whatever the environment says', async () => {
    const hub = await startHubServer((response) => response.writeHead(201).end(), { tls: true });
    const proxy = await startHubServer((response) => response.writeHead(201).end());
    vi.stubEnv('AZURE_ENABLE_STRICT_SSL', 'false');
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) {
      vi.stubEnv(name, proxy.endpoint);
    }
    const transport = await createAzureSbTransport({ connection: connectionTo(hub.endpoint) });
    expect(await transport.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toEqual({
      kind: 'not-sent',
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    await transport.close();
    expect([hub.requests.length, proxy.sockets.length]).toEqual([0, 0]);
    await hub.close();
    await proxy.close();
  });

  it('reports a request the library cannot build as not sent', async () => {
    const transport = await createAzureSbTransport({ connection: connectionTo('http://127.0.0.1:1') });
    expect(
      await transport.post(
        { ...request, headers: { 'x-a': 'b\r\nc' } },
        { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' },
      ),
    ).toMatchObject({
      kind: 'not-sent',
    });
    expect(
      await transport.post({ ...request, path: '//' }, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' }),
    ).toEqual({
      kind: 'not-sent',
      reason: 'ERR_INVALID_URL',
    });
    await transport.close();
  });
});
