import { createRequire } from 'node:module';
import { afterEach, expect, it, vi } from 'vitest';
import { bundleUndiciTransport } from './support/bundle-undici-transport.ts';
import { startHubServer } from './support/start-hub-server.ts';
import { testTls } from './support/test-tls.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

// undici falls back to the second build of its parser where the processor has no SIMD; this variable is its own.
it.each([
  ['with SIMD', '0'],
  ['without SIMD', '1'],
])('the bundled transport reads answers over TLS with the parser %s', async (_name, noSimd) => {
  vi.stubEnv('UNDICI_NO_WASM_SIMD', noSimd);
  const compiled = vi.spyOn(Object(globalThis).WebAssembly, 'Module');
  const hub = await startHubServer((response) => response.writeHead(201, { location: 'x' }).end(), {
    tls: true,
  });
  const { createUndiciTransport } = await bundleUndiciTransport();
  const connection = { endpoint: hub.endpoint, keyName: 'Sender', key: 'key' };
  const transport = createUndiciTransport({ connection, ca: testTls.cert });
  const request = {
    path: '/calls/messages/?direct',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  };
  expect(await transport.post(request, { timeoutMs: 5_000, waitMs: 5_000, priority: 'chat' })).toMatchObject({
    kind: 'response',
    status: 201,
  });
  await transport.close();
  await hub.close();
  const file = noSimd === '1' ? 'llhttp-wasm.js' : 'llhttp_simd-wasm.js';
  const original = createRequire(import.meta.url)(`undici/lib/llhttp/${file}`);
  expect(compiled.mock.calls.map((call) => original.equals(call[0]))).toEqual([true]);
});
