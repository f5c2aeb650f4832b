import type { HubConnection } from '../../config/hub-connection.ts';

/** What both transports are made of. */
export interface TransportOptions {
  readonly connection: HubConnection;
  /** PEM certificates to trust instead of the system's, for tests. TLS is always verified. */
  readonly ca?: string;
  /** Most sockets kept to the namespace; further requests wait for one. Default 64. */
  readonly maxConnections?: number;
  /** An idle socket is closed after this. Default 50 seconds: the gateway closes idle ones after two minutes. */
  readonly keepAliveMs?: number;
}
