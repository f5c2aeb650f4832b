import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { createBlobContainer } from '../../../src/storage/blob-container.ts';
import { listenUntilTestEnds } from '../../support/listen-until-test-ends.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A Blob service that gives these answers, one after the other, and keeps what it was asked. */
async function startService(...answers: readonly Answer[]) {
  const asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    const { status, headers, body } = answers[asked.length] ?? { status: 500 };
    asked.push(request);
    response.writeHead(status, headers).end(body);
  });
  const port = await listenUntilTestEnds(server);
  return { asked, url: `http://127.0.0.1:${port}/account/feedback` };
}

const never = new AbortController().signal;
const page = (marker: string) => ({
  status: 200,
  body: `<EnumerationResults><Blobs /><NextMarker>${marker}</NextMarker></EnumerationResults>`,
});

describe('a blob container', () => {
  it('is listed page by page, with its signature as it was given', async () => {
    const { asked, url } = await startService(page('2!8!YSBi'), page(''));
    const container = createBlobContainer(`${url}/?sv=2023-11-03&sig=a%2Bb%3D`);
    const first = await container.list('11 22', undefined, never);
    expect(first).toEqual({ blobs: [], next: '2!8!YSBi' });
    expect(await container.list('11 22', first.next, never)).toEqual({ blobs: [] });
    const query = 'restype=container&comp=list&prefix=11%2022';
    expect(asked.map(({ url }) => url)).toEqual([
      `/account/feedback?${query}&sv=2023-11-03&sig=a%2Bb%3D`,
      `/account/feedback?${query}&marker=2!8!YSBi&sv=2023-11-03&sig=a%2Bb%3D`,
    ]);
    expect(asked[0]?.headers).toMatchObject({ 'x-ms-version': '2023-11-03' });
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('asks for exactly the bytes of a range', async () => {
    const { asked, url } = await startService({ status: 206, body: 'cde' });
    const bytes = await createBlobContainer(url).getBytes('a b/c', { offset: 2, count: 3 }, never);
    expect(Buffer.from(bytes).toString()).toBe('cde');
    expect(asked[0]?.url).toBe('/account/feedback/a%20b/c');
    expect(asked[0]?.headers['x-ms-range']).toBe('bytes=2-4');
  });

  it('returns a text without its byte order mark', async () => {
    const { url } = await startService({ status: 200, body: '\uFEFF{"n":1}' });
    expect(await createBlobContainer(url).getText('a', never)).toBe('{"n":1}');
  });

  it('is created once, and accepts one that another instance created', async () => {
    const { asked, url } = await startService(
      { status: 201 },
      { status: 409, headers: { 'x-ms-error-code': 'ContainerAlreadyExists' } },
      { status: 403 },
    );
    const container = createBlobContainer(url);
    await container.create(never);
    await container.create(never);
    await expect(container.create(never)).rejects.toMatchObject({ statusCode: 403 });
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /account/feedback?restype=container',
      'PUT /account/feedback?restype=container',
      'PUT /account/feedback?restype=container',
    ]);
  });

  it('follows no redirect and sends one request, whatever the answer', async () => {
    const { asked, url } = await startService(
      { status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } },
      { status: 503, headers: { 'x-ms-error-code': 'ServerBusy', 'retry-after': '0' } },
    );
    const container = createBlobContainer(`${url}?sig=secret`);
    const moved = await container.getText('a', never).catch((error: unknown) => error);
    expect(moved).toMatchObject({ name: 'RestError', statusCode: 302 });
    const busy = await container.getText('a', never).catch((error: unknown) => error);
    expect(busy).toMatchObject({ name: 'RestError', statusCode: 503, code: 'ServerBusy' });
    expect(String(busy)).not.toContain('secret');
    expect(asked).toHaveLength(2);
  });

  it.each(['getText', 'getBytes'] as const)(
    '%s ends with its signal also in the middle of an answer',
    async (read) => {
      const server = http.createServer((_request, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('half ');
      });
      const port = await listenUntilTestEnds(server);
      const container = createBlobContainer(`http://127.0.0.1:${port}/account/feedback`);
      const signal = AbortSignal.timeout(200);
      const reading =
        read === 'getText'
          ? container.getText('a', signal)
          : container.getBytes('a', { offset: 0, count: 10 }, signal);
      await expect(reading).rejects.toThrow();
    },
  );
});
