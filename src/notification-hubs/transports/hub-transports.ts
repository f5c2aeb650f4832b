import type { HubConnection } from '../../config/hub-connection.ts';
import type { RelayConfig } from '../../config/relay-config.ts';
import { createAzureSbTransport } from './azure-sb-transport.ts';
import type { HubTransport } from './hub-transport.ts';

/** Opens transports and shares them between hubs. */
export interface HubTransports {
  /** The transport for a connection: the same one for connections it can serve, so that they share its sockets. */
  readonly open: (connection: HubConnection) => Promise<HubTransport>;
  /** Closes all of them. Call this instead of a client's `close`, which would close a transport that others share. */
  readonly close: () => Promise<void>;
}

/**
 * Opens transports of the configured kind. All hubs of a namespace share the built-in one. azure-sb signs with the key
 * that it was created with, so only hubs of one connection share it.
 *
 * `open` rejects with the errors of {@link createAzureSbTransport}.
 */
export function createHubTransports(kind: RelayConfig['hubTransport']): HubTransports {
  const opened = new Map<string, Promise<HubTransport>>();

  const create = async (connection: HubConnection): Promise<HubTransport> => {
    if (kind === 'azure-sb') return createAzureSbTransport({ connection });
    // Loaded late: the host waits until the app has loaded and registered its Functions.
    const { createUndiciTransport } = await import('./undici-transport.ts');
    return createUndiciTransport({ connection });
  };

  return {
    open: (connection) => {
      const { endpoint, keyName, key } = connection;
      const id = kind === 'undici' ? endpoint : JSON.stringify([endpoint, keyName, key]);
      const transport = opened.get(id) ?? create(connection);
      opened.set(id, transport);
      // After a failure the next call tries again.
      transport.catch(() => opened.delete(id));
      return transport;
    },
    close: async () => {
      const transports = await Promise.allSettled(opened.values());
      await Promise.all(
        transports.map((transport) =>
          transport.status === 'fulfilled' ? transport.value.close() : undefined,
        ),
      );
    },
  };
}
