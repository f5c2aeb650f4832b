import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request: it passes; its connection breaks before it arrives or after it was carried out (the
 * answer is lost); it is never answered; half of its answer arrives and no more; or the service answers with a status.
 */
export type StorageFault = 'pass' | 'reset-before' | 'reset-after' | 'hang' | 'half-answer' | number;

/** A proxy in front of one service of Azurite, which counts and breaks requests. */
export interface StorageProxy {
  /** As the given one, but with this service behind the proxy. */
  readonly connectionString: string;
  /** Method of every request that came, in order. */
  readonly methods: string[];
  /** What happens to the next requests; those after them pass. */
  readonly faults: StorageFault[];
  readonly stop: () => Promise<void>;
}

/**
 * Starts a {@link StorageProxy} on a free port of 127.0.0.1. The signature of a request does not cover its port.
 *
 * @param admit every request waits for this before it goes on
 */
export async function startStorageProxy(
  connectionString: string,
  service: 'Blob' | 'Table',
  admit: (request: Pick<http.IncomingMessage, 'method' | 'url'>) => Promise<void> = async () => {},
): Promise<StorageProxy> {
  const endpoint = new RegExp(`${service}Endpoint=(http://[^/;]+)`).exec(connectionString)?.[1];
  if (endpoint === undefined) throw new Error(`no ${service}Endpoint in the connection string`);
  const methods: string[] = [];
  const faults: StorageFault[] = [];

  const server = http.createServer(async (request, response) => {
    methods.push(request.method ?? '');
    const fault = faults.shift() ?? 'pass';
    await admit(request);
    if (fault === 'reset-before') return void request.socket.destroy();
    if (fault === 'hang') return;
    if (typeof fault === 'number') {
      request.resume();
      return void response.writeHead(fault).end();
    }
    const forwarded = http.request(
      `${endpoint}${request.url}`,
      { method: request.method, headers: request.headers },
      (answer) => {
        if (fault === 'reset-after') {
          answer.resume();
          return void answer.once('end', () => request.socket.destroy());
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        if (fault === 'half-answer') {
          return void answer.once('data', (chunk: Buffer) =>
            response.write(chunk.subarray(0, chunk.length / 2)),
          );
        }
        answer.pipe(response);
      },
    );
    forwarded.once('error', () => request.socket.destroy());
    request.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    connectionString: connectionString.replace(endpoint, `http://127.0.0.1:${address.port}`),
    methods,
    faults,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
