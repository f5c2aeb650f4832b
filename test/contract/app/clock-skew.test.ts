import { once } from 'node:events';
import http from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { getApp } from '../../../src/app/compose-app.ts';

/** A table service that has no rows, and whose clock stands still at nine. */
async function startOldTables(): Promise<string> {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', date: 'Sun, 01 Nov 2020 09:00:00 GMT' });
    response.end('{"value":[]}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:${address.port}/a;`;
}

function openSink() {
  const lines: string[] = [];
  const take = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
  return { lines, debug: take('debug'), info: take('info'), warn: take('warn'), error: take('error') };
}

it('an instance whose clock is ahead of storage says so, in the newest invocation', async () => {
  vi.stubEnv('RELAY_STORAGE', await startOldTables());
  const hub =
    'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=aW52ZW50ZWQ=';
  vi.stubEnv('NOTIFICATION_HUB_CONNECTION_STRING', hub);
  vi.stubEnv('NOTIFICATION_HUB_NAME', 'calls');
  onTestFinished(() => void vi.unstubAllEnvs());
  const first = openSink();
  const second = openSink();
  const app = await getApp(first);
  onTestFinished(app.close);
  await getApp(second);
  expect(await app.devices.list('8:acs:clinic_ada')).toEqual([]);
  expect(await app.devices.list('8:acs:clinic_ben')).toEqual([]);
  expect(first.lines).toEqual([]);
  expect(second.lines).toHaveLength(1);
  expect(second.lines[0]).toMatch(/^warn \{"event":"clock-skew","skewMs":\d{12}\}$/);
});
