import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { RelayError } from '../errors/errors.ts';

interface ListenOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Environment variable that sets the port, for the error message. */
  readonly setting: string;
  /** The server as a noun phrase, for the error message. */
  readonly what: string;
}

/**
 * Starts a server on 127.0.0.1 only and returns its port.
 *
 * @throws RelayError `PORT_IN_USE`, with the port and the setting to change.
 */
export async function listen(server: Server, options: ListenOptions): Promise<number> {
  server.listen(options.port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw new RelayError({
        code: 'PORT_IN_USE',
        class: 'config',
        message: `Port ${options.port} is in use, so ${options.what} cannot start. Stop the program that uses it, or set ${options.setting} to another port.`,
        cause,
      });
    }
    throw cause;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : options.port;
}

/**
 * Reads a whole request body, or returns undefined when it is longer than `maxBytes`. The rest is then read and dropped,
 * so that the sender gets a response and not a broken connection.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}

/** Stops accepting, closes all connections immediately, and resolves once the port is free. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
