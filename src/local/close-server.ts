import { once } from 'node:events';
import type { Server } from 'node:http';

/** Stops accepting, ends idle and open connections at once, and resolves when the port is free again. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
