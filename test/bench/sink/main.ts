// The hub of the benchmarks: reads every POST over TLS to its end and responds 201 as Notification Hubs does. It does as
// little as possible, so that the clients are measured and not the sink. Exits with its parent.
import { readFileSync } from 'node:fs';
import tls, { type TLSSocket } from 'node:tls';

const file = (name: string) => readFileSync(new URL(`../../support/tls/${name}`, import.meta.url));
const answer = Buffer.from(
  [
    'HTTP/1.1 201 Created',
    'Content-Length: 0',
    'Content-Type: application/atom+xml;type=entry;charset=utf-8',
    'Location: https://127.0.0.1/relay/messages/1234567890123456789-1234567890123456789-1?api-version=2015-04',
    'TrackingId: 5f419d7c-3bf8-4d5d-8c79-2ff33a788674_G2',
    'Date: Sun, 22 Nov 2026 09:00:00 GMT',
    '',
    '',
  ].join('\r\n'),
);

const server = tls.createServer(
  { cert: file('test-server.cert.pem'), key: file('test-server.key.pem') },
  serve,
);
let requests = 0;
const report = (): void => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port, requests });
};
server.listen(0, '127.0.0.1', report);
process.on('message', report);
process.once('disconnect', () => process.exit());

function serve(socket: TLSSocket): void {
  let received = Buffer.alloc(0);
  let needed = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= needed) {
      const bodyAt = received.indexOf('\r\n\r\n') + 4;
      if (bodyAt < 4) break;
      needed = bodyAt + contentLength(received.toString('latin1', 0, bodyAt));
      if (received.length < needed) break;
      received = received.subarray(needed);
      needed = 0;
      requests += 1;
      socket.write(answer);
    }
  });
}

function contentLength(head: string): number {
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
  if (length === undefined) throw new Error('The request has no Content-Length.');
  return Number(length);
}
