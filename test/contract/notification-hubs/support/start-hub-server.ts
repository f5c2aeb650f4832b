import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { testTls } from './test-tls.ts';

/** One request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server in place of a hub. */
export interface HubServer {
  readonly endpoint: string;
  readonly requests: SeenRequest[];
  /** Every TCP connection ever accepted. */
  readonly sockets: Socket[];
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1 that answers as `answer` says, once the whole request was read. */
export const startHubServer = async (
  answer: (response: http.ServerResponse, request: SeenRequest) => void,
  options: { readonly tls?: boolean } = {},
): Promise<HubServer> => {
  const requests: SeenRequest[] = [];
  const sockets: Socket[] = [];
  const onRequest = (message: http.IncomingMessage, response: http.ServerResponse): void => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(request);
      answer(response, request);
    });
  };
  const server = options.tls === true ? https.createServer(testTls, onRequest) : http.createServer(onRequest);
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = (typeof address === 'object' ? address : null)?.port satisfies AddressInfo['port'] | undefined;
  return {
    endpoint: `${options.tls === true ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    sockets,
    close: async () => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
