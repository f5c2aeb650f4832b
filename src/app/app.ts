import type { HttpRequest } from '@azure/functions';
import type { RelayConfig } from '../config/relay-config.ts';
import type { DeadLetterStore } from '../deliveries/dead-letter-store.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Caller, TokenCheck } from '../http/authentication.ts';
import type { Relay } from '../relay/relay.ts';
import type { Clock } from '../shared/time.ts';
import type { TableService } from '../storage/tables.ts';

/** Everything a Function works with, put together once for each process. */
export interface App {
  readonly config: RelayConfig;
  /** What looks like a slip in the settings without being wrong. */
  readonly warnings: readonly string[];
  readonly clock: Clock;
  readonly relay: Relay;
  readonly devices: DeviceRegistry;
  readonly tables: TableService;
  readonly deadLetters: DeadLetterStore;
  /** Tells who calls the device API. */
  readonly authenticateCaller: (request: HttpRequest) => Promise<Caller>;
  /** Checks the token of Event Grid; absent when the host asks for the Functions key instead. */
  readonly authenticateEvents?: (request: HttpRequest) => Promise<TokenCheck>;
  /** Ends the connections. */
  readonly close: () => Promise<void>;
}
