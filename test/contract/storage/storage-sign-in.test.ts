import http from 'node:http';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAzureTableStore } from '../../../src/storage/azure-table-store.ts';
import { createStorageSignIn } from '../../../src/storage/sign-in.ts';
import { listenUntilTestEnds } from '../../support/listen-until-test-ends.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  /** How slow the service is with it. */
  readonly afterMs?: number;
}

const settings = {
  kind: 'identity',
  tableServiceUri: 'https://127.0.0.1:1/',
  blobServiceUri: 'https://127.0.0.1:1/',
} as const;
const asked: http.IncomingMessage[] = [];

/** The token service that Azure runs beside an app; the last answer is repeated. */
async function startTokenService(...answers: readonly Answer[]): Promise<void> {
  const server = http.createServer((request, response) => {
    asked.push(request);
    const answer = answers[asked.length - 1] ?? answers.at(-1);
    const { status, body, afterMs = 0 } = answer ?? { status: 500, body: '' };
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }, afterMs).unref();
  });
  const port = await listenUntilTestEnds(server);
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'header-of-this-app');
}

const token = (name: string, secondsLeft: number): Answer => ({
  status: 200,
  body: JSON.stringify({
    access_token: name,
    expires_on: String(Math.floor(Date.now() / 1000) + secondsLeft),
    resource: 'https://storage.azure.com',
    token_type: 'Bearer',
  }),
});

/** What a request to storage carries after it was signed in. */
async function signedIn(signIn: ReturnType<typeof createStorageSignIn>): Promise<string | undefined> {
  const request = createPipelineRequest({ url: 'https://contoso.table.core.windows.net/devices' });
  const policy = await signIn();
  await policy.sendRequest(request, async () => ({ request, status: 200, headers: createHttpHeaders() }));
  return request.headers.get('authorization');
}

beforeEach(() => {
  asked.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('signing in with the identity of the app', () => {
  it('asks the token service once for all requests', async () => {
    await startTokenService(token('first', 86_400), token('second', 86_400));
    const signIn = createStorageSignIn({ ...settings, clientId: '11111111-2222-3333-4444-555555555555' });
    expect([await signedIn(signIn), await signedIn(signIn)]).toEqual(['Bearer first', 'Bearer first']);
    expect(asked.map(({ url }) => url)).toEqual([
      '/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com&client_id=11111111-2222-3333-4444-555555555555',
    ]);
    expect(asked[0]?.headers['x-identity-header']).toBe('header-of-this-app');
  });

  it('asks again when the token has expired', async () => {
    await startTokenService(token('first', -1), token('second', 86_400));
    const signIn = createStorageSignIn(settings);
    expect([await signedIn(signIn), await signedIn(signIn)]).toEqual(['Bearer first', 'Bearer second']);
  });

  it.each([
    [503, 2],
    [429, 2],
    [400, 1],
    [200, 1],
  ])('retries only where that may help: %i without a token, asked %i times', async (status, times) => {
    await startTokenService({ status, body: '{"access_token":""}' });
    const store = createAzureTableStore(settings, 'devices', { tries: 2, pauseMs: 1 });
    const failure = await store.list('p').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: `Azure Storage failed (table devices, list): ${status} IDENTITY_REFUSED. Azure returned no token for the managed identity. Check that the Function App has it, and RELAY_STORAGE__clientId.`,
    });
    expect(asked).toHaveLength(times);
    expect(String(failure)).not.toContain('header-of-this-app');
  });

  it('succeeds when the token service takes longer than a storage request may', async () => {
    await startTokenService({ ...token('slow', 86_400), afterMs: 400 });
    const store = createAzureTableStore(settings, 'devices', { tries: 5, tryTimeoutMs: 200, pauseMs: 10 });
    const failure = await store.list('p').catch((error: unknown) => error);
    // It is signed in by then, and finds that nothing listens where the tables should be.
    expect(failure).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
    expect(asked).toHaveLength(1);
  });

  it('waits for a silent token service no longer than for storage itself', async () => {
    await startTokenService({ ...token('late', 86_400), afterMs: 60_000 });
    const store = createAzureTableStore(settings, 'devices', { tries: 2, tryTimeoutMs: 50, pauseMs: 1 });
    await expect(store.list('p')).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining('AbortError'),
    });
    expect(asked).toHaveLength(1);
  });

  it('tries again with the next request after it failed to load', async () => {
    await startTokenService(token('first', 86_400));
    const signIn = createStorageSignIn(settings);
    let times = 0;
    const store = createAzureTableStore(settings, 'devices', { tries: 1 }, async () => {
      times += 1;
      if (times === 1) throw new Error('EMFILE: too many open files');
      return signIn();
    });
    await expect(store.list('p')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(store.list('p')).rejects.toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
    expect(asked).toHaveLength(1);
  });
});
