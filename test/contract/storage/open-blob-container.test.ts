import http from 'node:http';
import { expect, it } from 'vitest';
import { openBlobContainer } from '../../../src/storage/blobs.ts';
import { listenUntilTestEnds } from '../../support/listen-until-test-ends.ts';

/** A Blob service that has every blob, empty; gives its address and what it is asked. */
async function startService() {
  const asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request);
    response.end();
  });
  const port = await listenUntilTestEnds(server);
  return { asked, url: `http://127.0.0.1:${port}` };
}

it.each([
  ['SharedAccessSignature=sv=2023-11-03&sig=a%2Bb%3D', '?sv=2023-11-03&sig=a%2Bb%3D', undefined],
  ['AccountName=contoso;AccountKey=c2VjcmV0', '', expect.stringMatching(/^SharedKey contoso:[\w+/]{43}=$/)],
])('a container of %s is asked with that signature', async (signature, query, authorization) => {
  const { asked, url } = await startService();
  const connectionString = `BlobEndpoint=${url}/contoso/;${signature}`;
  const container = await openBlobContainer({ kind: 'connection-string', connectionString }, 'dead-letters');
  expect(await container.getText('2026/a.json', new AbortController().signal)).toBe('');
  expect(asked.map((request) => request.url)).toEqual([`/contoso/dead-letters/2026/a.json${query}`]);
  expect(asked[0]?.headers.authorization).toEqual(authorization);
});
