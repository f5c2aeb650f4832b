import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { RelayError } from '../errors/errors.ts';

/** Where a local server shall listen, and the setting that decides it. */
interface ListenOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Environment variable that sets the port, named in the error. */
  readonly setting: string;
  /** What wants the port, as a noun phrase for the error. */
  readonly what: string;
}

/**
 * Starts a server on 127.0.0.1 only and gives the port it got.
 *
 * @throws RelayError `PORT_IN_USE`, one sentence that names the port, the setting and the way out.
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
        message: `Port ${options.port} is taken, so ${options.what} cannot start: stop the program that uses it, or set ${options.setting} to another port.`,
        cause,
      });
    }
    throw cause;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : options.port;
}

/**
 * Reads a whole request body. Gives undefined when it is longer than `maxBytes`; the rest is then read and dropped,
 * so that the sender gets its answer instead of a broken connection.
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

/** Stops accepting, ends idle and open connections at once, and resolves when the port is free again. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
