import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../config/load-config.ts';
import type { RelayConfig } from '../config/relay-config.ts';
import type { Environment } from '../config/settings-reader.ts';
import { createCallMemory } from '../deliveries/call-memory.ts';
import { createDeadLetterStore } from '../deliveries/dead-letter-store.ts';
import { createLedger } from '../deliveries/ledger.ts';
import { createDeviceRegistry } from '../devices/device-registry.ts';
import { createCallerAuthenticator, createEventsAuthenticator } from '../http/authentication.ts';
import { createHubTransports } from '../notification-hubs/transports/hub-transports.ts';
import { createAzureTableService } from '../storage/azure-table-service.ts';
import { createAzureBlobStore } from '../storage/blobs.ts';
import { createUserReference } from '../telemetry/references.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import type { App } from './app.ts';
import { createRelay } from './create-relay.ts';
import { openHub } from './open-hub.ts';
import { startTimer } from './start-timer.ts';

const clock = Date.now;

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
    putAside: async (letter) => {
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
    authenticateCaller: createCallerAuthenticator(config.deviceApi, clock),
    ...(eventsEntra === undefined
      ? {}
      : { authenticateEvents: createEventsAuthenticator(eventsEntra, clock) }),
    close: transports.close,
  };
}

// The hub's key is a secret that all instances have, and nobody who reads logs.
function userReference({ alertHub, logUserIds }: RelayConfig) {
  return createUserReference(alertHub.primary.connection.key, logUserIds);
}
