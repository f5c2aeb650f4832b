import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRequest } from '@azure/functions';
import { loadConfig } from '../config/load-config.ts';
import type { HubPair, HubSettings, RelayConfig } from '../config/relay-config.ts';
import type { Environment } from '../config/settings-reader.ts';
import { createCallMemory } from '../deliveries/call-memory.ts';
import { createDeadLetterStore, type DeadLetterStore } from '../deliveries/dead-letter-store.ts';
import { createLedger } from '../deliveries/ledger.ts';
import { createDeviceRegistry, type DeviceRegistry } from '../devices/device-registry.ts';
import { RelayError } from '../errors/errors.ts';
import {
  createCallerAuthenticator,
  createEventsAuthenticator,
  type TokenCheck,
} from '../http/authentication.ts';
import { createDeviceApi, type DeviceApi } from '../http/device-api.ts';
import { createDirectSendClient } from '../notification-hubs/direct-send-client.ts';
import { createHubTransports, type HubTransports } from '../notification-hubs/transports/hub-transports.ts';
import type { HubClients } from '../relay/attempt.ts';
import { createRelay, type Relay } from '../relay/relay.ts';
import type { Clock } from '../shared/time.ts';
import { createAzureTableService } from '../storage/azure-table-service.ts';
import { createAzureBlobStore } from '../storage/blobs.ts';
import type { TableService } from '../storage/tables.ts';
import type { LogSink } from '../telemetry/logger.ts';
import { createUserReference } from '../telemetry/references.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';

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
  readonly deviceApi: DeviceApi;
  /** Checks the token of Event Grid; absent when the host asks for the Functions key instead. */
  readonly authenticateEvents?: (request: HttpRequest) => Promise<TokenCheck>;
  /** Ends the connections. */
  readonly close: () => Promise<void>;
}

const clock = Date.now;
let app: Promise<App> | undefined;

/** Calls back once after a time in milliseconds, by the clock of the machine, and gives how to call that off. */
export function startTimer(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/**
 * The clients of a hub and, where configured, of its stand-in. Nothing is connected to before it is needed.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED`
 */
export async function openHub(
  { primary, secondary }: HubPair,
  transports: Pick<HubTransports, 'open'>,
  clock: Clock,
): Promise<HubClients> {
  const open = async (hub: HubSettings) =>
    createDirectSendClient({ hub, transport: await transports.open(hub.connection), clock });
  return secondary === undefined ? [await open(primary)] : [await open(primary), await open(secondary)];
}

/**
 * The composition root: reads the settings and puts the whole app together on real parts. Nothing is connected to before
 * it is needed.
 *
 * @throws RelayError `CONFIG_INVALID` with every problem of the settings, or `HUB_TRANSPORT_NOT_INSTALLED`
 */
export async function composeApp(env: Environment): Promise<App> {
  const { config, warnings } = loadConfig(env);
  const transports = createHubTransports(config.hubTransport);
  const tables = createAzureTableService(config.storage);
  const devices = createDeviceRegistry({
    devices: tables.table('devices'),
    handles: tables.table('handles'),
    expiries: tables,
    clock,
    deviceTtlMs: config.deviceTtlMs,
    devicesPerUser: config.devicesPerUser,
  });
  const deadLetters = createDeadLetterStore({ blobs: createAzureBlobStore(config.storage, 'dead-letters') });
  const relay = createRelay({
    clock,
    sleep: (ms) => sleep(ms),
    startTimer,
    random: Math.random,
    mapping: { ringMs: config.ringMs, chatTtlMs: config.chatTtlMs, chatContent: config.chatContent },
    defaultLocale: config.defaultLocale,
    alertHub: await openHub(config.alertHub, transports, clock),
    ...(config.voipHub === undefined ? {} : { voipHub: await openHub(config.voipHub, transports, clock) }),
    findDevices: devices.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    deadLetter: async (letter) => {
      await deadLetters.put(letter);
    },
    userReference: userReference(config),
    telemetry: createTelemetry(config.alertHub.primary.connection.key),
  });
  const { eventsEntra } = config;
  return {
    config,
    warnings,
    clock,
    relay,
    devices,
    tables,
    deadLetters,
    deviceApi: createDeviceApi({
      registry: devices,
      authenticate: createCallerAuthenticator(config.deviceApi, clock),
    }),
    ...(eventsEntra === undefined
      ? {}
      : { authenticateEvents: createEventsAuthenticator(eventsEntra, clock) }),
    close: transports.close,
  };
}

/**
 * The app of this process, composed at the first call. Wrong settings fail every call with the same error, so that each
 * event comes back until they are mended. Whatever else goes wrong may pass: then the next call composes the app anew.
 *
 * @param sink where it is told, once, what is wrong with the settings or looks like a slip
 * @throws RelayError `CONFIG_INVALID` or `HUB_TRANSPORT_NOT_INSTALLED`
 */
export function getApp(sink: Pick<LogSink, 'warn' | 'error'>): Promise<App> {
  app ??= composeApp(process.env).then(
    (composed) => {
      for (const warning of composed.warnings) sink.warn(warning);
      return composed;
    },
    (error: unknown) => {
      if (error instanceof RelayError) sink.error(error.message);
      if (!(error instanceof RelayError && error.code === 'CONFIG_INVALID')) app = undefined;
      throw error;
    },
  );
  return app;
}

// The hub's key is a secret that all instances have, and nobody who reads logs.
function userReference({ alertHub, logUserIds }: RelayConfig) {
  return createUserReference(alertHub.primary.connection.key, logUserIds);
}
