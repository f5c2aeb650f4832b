import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { createAzureBlobStore } from '../../../src/storage/blobs.ts';

const asked: URL[] = [];
let server: http.Server;
let origin = '';

beforeAll(async () => {
  // The token service of an App Service, as Azure sets it up for a function app. It refuses: what counts is the question.
  server = http.createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://token.test'));
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_request"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  vi.stubEnv('IDENTITY_ENDPOINT', `http://${origin}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'secret-identity-header');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe.each([
  ['system-assigned', undefined],
  ['user-assigned', '11111111-2222-3333-4444-555555555555'],
])('a %s identity', (_name, clientId) => {
  const settings = () => ({
    kind: 'identity' as const,
    tableServiceUri: `https://${origin}/`,
    blobServiceUri: `https://${origin}/`,
    ...(clientId === undefined ? {} : { clientId }),
  });

  it.each([
    ['table', () => createAzureTableStore(settings(), 'devices', { tries: 1 }).list('p')],
    ['blob', () => createAzureBlobStore(settings(), 'dead-letters', { tries: 1 }).get('n')],
  ])('asks for a storage token for a %s and reports clearly when there is none', async (_store, act) => {
    asked.length = 0;
    const failure = await act().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'STORAGE_UNAVAILABLE', class: 'provider' });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked[0]?.searchParams.get('resource')).toBe('https://storage.azure.com');
    expect(asked[0]?.searchParams.get('client_id')).toBe(clientId ?? null);
    expect(String(failure)).not.toContain('secret-identity-header');
  });
});
