import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRequest } from '@azure/functions';
import { loadConfig } from '../config/load-config.ts';
import type { HubPair, HubSettings, RelayConfig } from '../config/relay-config.ts';
import type { Environment } from '../config/settings-reader.ts';
import { createCallMemory } from '../deliveries/call-memory.ts';
import { createDeadLetterStore } from '../deliveries/dead-letter-store.ts';
import { createLedger } from '../deliveries/ledger.ts';
import { createMessageMemory } from '../deliveries/message-memory.ts';
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
import { createHubHealth } from '../relay/hub-tries.ts';
import { createRelay, type Relay } from '../relay/relay.ts';
import type { Clock } from '../shared/time.ts';
import { createAzureTableService } from '../storage/azure-table-service.ts';
import { createAzureBlobStore } from '../storage/blobs.ts';
import type { TableService } from '../storage/tables.ts';
import { createContextLogger, type LogSink } from '../telemetry/logger.ts';
import { createUserReference } from '../telemetry/references.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';

/** Everything a Function works with, built once for each process. */
export interface App {
  readonly config: RelayConfig;
  /** Settings that are valid but look like mistakes. */
  readonly warnings: readonly string[];
  readonly clock: Clock;
  readonly relay: Relay;
  readonly devices: DeviceRegistry;
  readonly tables: TableService;
  readonly deviceApi: DeviceApi;
  /** Checks Event Grid's token; absent when the host checks the Functions key instead. */
  readonly authenticateEvents?: (request: HttpRequest) => Promise<TokenCheck>;
  /** Closes the connections. */
  readonly close: () => Promise<void>;
}

let app: Promise<App> | undefined;

// An answer of storage belongs to no invocation, so what it shows is logged by the newest one.
let newestSink: LogSink | undefined;

/**
 * The app of this process, composed on the first call. Invalid settings fail every call with the same error, so that
 * Event Grid redelivers each event until they are fixed. Any other failure may be temporary: the next call composes the
 * app again.
 *
 * @param sink where the problems and warnings of the settings are logged, once, and a wrong clock
 * @throws RelayError `CONFIG_INVALID` or `HUB_TRANSPORT_NOT_INSTALLED`
 */
export function getApp(sink: LogSink): Promise<App> {
  newestSink = sink;
  app ??= composeApp(process.env, warnOfClock).then(
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

function warnOfClock(skewMs: number): void {
  if (newestSink === undefined) return;
  const log = createContextLogger(newestSink);
  log('warn', 'clock-skew', { skewMs });
}

/**
 * The planned end of this process: see {@link Relay.end}. Does nothing when the app was not composed. Never throws.
 */
export async function endApp(): Promise<void> {
  const composed = await app?.catch(() => undefined);
  await composed?.relay.end();
}

const clock = Date.now;

/**
 * The composition root: reads the settings and builds the app from its real parts. Connections open on first use.
 *
 * @param onSkew is told, at most once an hour, that this machine's clock is wrong, and by how much
 * @throws RelayError `CONFIG_INVALID` with every problem of the settings, or `HUB_TRANSPORT_NOT_INSTALLED`
 */
export async function composeApp(
  env: Environment,
  onSkew: (skewMs: number) => void = () => {},
): Promise<App> {
  const { config, warnings } = loadConfig(env);
  const transports = createHubTransports(config.hubTransport);
  const tables = createAzureTableService(config.storage, {}, { clock, onSkew });
  const devices = createDeviceRegistry({
    devices: tables.table('devices'),
    handles: tables.table('handles'),
    expiries: tables,
    clock,
    deviceTtlMs: config.deviceTtlMs,
    devicesPerUser: config.devicesPerUser,
  });
  const deadLetters = createDeadLetterStore({ blobs: createAzureBlobStore(config.storage, 'dead-letters') });
  // All instances share the hub's key, and readers of the logs do not have it.
  const hubKey = config.alertHub.primary.connection.key;
  const relay = createRelay({
    clock,
    sleep: (ms) => sleep(ms),
    startTimer,
    random: Math.random,
    mapping: { ringMs: config.ringMs, chatTtlMs: config.chatTtlMs, chatContent: config.chatContent },
    defaultLocale: config.defaultLocale,
    alertHub: await openHub(config.alertHub, transports, clock),
    ...(config.voipHub === undefined ? {} : { voipHub: await openHub(config.voipHub, transports, clock) }),
    hubHealth: createHubHealth(),
    findDevices: devices.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async (letter) => {
      await deadLetters.put(letter);
    },
    userReference: createUserReference(hubKey, config.logUserIds),
    telemetry: createTelemetry(hubKey),
  });
  const { eventsEntra } = config;
  return {
    config,
    warnings,
    clock,
    relay,
    devices,
    tables,
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
 * The clients of a primary hub and, where configured, of its secondary. Connections open on first use.
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

/** Schedules a callback; returns a function that cancels it. */
export function startTimer(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
