import { once } from 'node:events';
import type { Server } from 'node:http';
import { RelayError } from '../errors/errors.ts';

/** Where a local server shall listen, and the setting that decides it. */
export interface ListenOptions {
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
