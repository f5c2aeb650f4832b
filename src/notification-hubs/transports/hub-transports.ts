import type { HubConnection } from '../../config/hub-connection.ts';
import type { RelayConfig } from '../../config/relay-config.ts';
import { createAzureSbTransport } from './azure-sb-transport.ts';
import type { HubTransport } from './hub-transport.ts';

/** Opens transports and shares them between hubs. */
export interface HubTransports {
  /** The transport for a connection: the same one for connections it can serve, so that they share its sockets. */
  readonly open: (connection: HubConnection) => Promise<HubTransport>;
  /** Closes all of them. Use this rather than `close` of a client, which would take the transport from its sharers. */
  readonly close: () => Promise<void>;
}

/**
 * Opens transports of the chosen kind. The built-in one is shared by all hubs of a namespace; azure-sb signs with
 * the key it was made with, so it is shared only by hubs of one connection.
 *
 * `open` rejects with the errors of {@link createAzureSbTransport}.
 */
export function createHubTransports(kind: RelayConfig['hubTransport']): HubTransports {
  const opened = new Map<string, Promise<HubTransport>>();

  const create = async (connection: HubConnection): Promise<HubTransport> => {
    if (kind === 'azure-sb') return createAzureSbTransport({ connection });
    // Not loaded with the app: the host waits meanwhile to hear which Functions there are.
    const { createUndiciTransport } = await import('./undici-transport.ts');
    return createUndiciTransport({ connection });
  };

  return {
    open: (connection) => {
      const { endpoint, keyName, key } = connection;
      const id = kind === 'undici' ? endpoint : JSON.stringify([endpoint, keyName, key]);
      const transport = opened.get(id) ?? create(connection);
      opened.set(id, transport);
      // What could not be opened is opened anew with the next call.
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
