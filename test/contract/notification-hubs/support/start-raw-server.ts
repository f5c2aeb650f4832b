import { once } from 'node:events';
import net from 'node:net';

/** A real TCP server for faults an HTTP server cannot make. */
export interface RawServer {
  readonly port: number;
  readonly sockets: net.Socket[];
  /** Everything received so far, over all connections. */
  readonly received: () => string;
  readonly close: () => Promise<void>;
}

/** Starts a TCP server on a free port of 127.0.0.1. */
export const startRawServer = async (onConnection: (socket: net.Socket) => void): Promise<RawServer> => {
  const sockets: net.Socket[] = [];
  const chunks: Buffer[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sockets,
    received: () => Buffer.concat(chunks).toString('latin1'),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Calls back each time a whole request with `content-length` was read from the socket. */
export const onWholeRequest = (socket: net.Socket, callback: (count: number) => void): void => {
  let text = '';
  let count = 0;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const head = text.indexOf('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(text)?.[1];
    if (head === -1 || length === undefined || text.length < head + 4 + Number(length)) return;
    text = '';
    count += 1;
    callback(count);
  });
};
