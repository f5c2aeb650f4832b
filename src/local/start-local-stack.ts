import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../config/load-config.ts';
import { createDeadLetterStore, type DeadLetterStore } from '../deliveries/dead-letter-store.ts';
import type { Clock } from '../shared/time.ts';
import { createAzureBlobStore } from '../storage/blobs.ts';
import type { PrintLine } from './command-line.ts';
import { type FunctionsHost, startFunctionsHost } from './functions-host/start-functions-host.ts';
import type { StartTimer } from './functions-host/timers.ts';
import {
  emulatorConnectionString,
  emulatorKey,
  emulatorKeyName,
} from './hub-emulator/hub-emulator-options.ts';
import { type HubEmulator, startHubEmulator } from './hub-emulator/start-hub-emulator.ts';
import { createLocalInspector, type Inspector } from './inspector/server/create-inspector.ts';
import { startTracing } from './inspector/server/tracing.ts';
import type { LocalPlan, Settings } from './plan-local-run.ts';
import { startAzurite } from './start-azurite.ts';

interface LocalStackOptions {
  readonly appRoot: string;
  readonly plan: LocalPlan;
  /** Port of the Functions host; 0 takes any free one. */
  readonly port: number;
  /** Port of the hub emulator; 0 takes any free one. */
  readonly inspectorPort: number;
  /** The hub emulator answers 400 to a push with an error finding. */
  readonly strict: boolean;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly print: PrintLine;
  /** Time between two steps of an inspector scenario, milliseconds. Default 4,000. */
  readonly pauseMs?: number;
  /** Delays of the local Event Grid before redeliveries, milliseconds. Default: those of Event Grid. */
  readonly retryDelaysMs?: readonly number[];
}

/** A running local stack. */
export interface LocalStack {
  readonly host: FunctionsHost;
  /** Absent when a real hub is configured. */
  readonly emulator?: HubEmulator;
  /** Connection string of the Azurite that was started. Absent when other storage is configured. */
  readonly storage?: string;
  /** Stops all parts, the last started first. */
  readonly stop: () => Promise<void>;
}

/** Starts the Functions host, and the hub emulator and Azurite if the plan needs them. All or nothing. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { plan, clock, print } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    // The page is served on the emulator's port, so there is none with a real hub.
    const inspector = plan.needsEmulator ? createLocalInspector(options) : undefined;
    const emulator = inspector === undefined ? undefined : await startEmulator(options, inspector);
    if (emulator !== undefined) stops.push(emulator.stop);
    const azurite = plan.needsAzurite ? await startAzurite() : undefined;
    if (azurite !== undefined) stops.push(azurite.stop);

    const settings = plan.settings({
      ...(emulator === undefined ? {} : { hubConnectionString: emulatorConnectionString(emulator.url) }),
      ...(azurite === undefined ? {} : { storageConnectionString: azurite.connectionString }),
    });
    const { appRoot, port, startTimer } = options;
    // Before the app is loaded: it gets its tracer only once.
    if (inspector !== undefined) stops.push(startTracing(inspector.journal));
    const observe = inspector === undefined ? {} : { observe: inspector.observe };
    const host = await startFunctionsHost({ appRoot, port, settings, clock, startTimer, print, ...observe });
    stops.push(host.stop);
    if (inspector !== undefined && emulator !== undefined) {
      inspector.connect({
        hub: emulator,
        hostUrl: host.url,
        openDeadLetters: () => openDeadLetters(settings),
      });
      stops.push(async () => inspector.stop());
    }
    return {
      host,
      ...(emulator === undefined ? {} : { emulator }),
      ...(azurite === undefined ? {} : { storage: azurite.connectionString }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startEmulator(options: LocalStackOptions, { serve }: Inspector): Promise<HubEmulator> {
  const { plan, inspectorPort, strict, clock, print } = options;
  const named = Object.entries(plan.settings({})).flatMap(([setting, value]) => {
    const hub = /^NOTIFICATION_HUB_.*NAME$/.test(setting) ? value : /;EntityPath=([^;]*)/i.exec(value)?.[1];
    return hub === undefined ? [] : [{ hub, voip: setting.includes('VOIP') }];
  });
  const hubs = [...named, { hub: 'relay', voip: false }, { hub: 'relay-voip', voip: true }];
  return startHubEmulator({
    port: inspectorPort,
    hubs: [...new Set(hubs.map(({ hub }) => hub))],
    voipHubs: hubs.filter(({ voip }) => voip).map(({ hub }) => hub),
    keys: { [emulatorKeyName]: emulatorKey },
    strict,
    clock,
    wait: (delayMs) => wait(delayMs),
    print,
    serve,
  });
}

/** @throws RelayError `CONFIG_INVALID` */
function openDeadLetters(settings: Settings): DeadLetterStore {
  const { storage } = loadConfig(settings).config;
  return createDeadLetterStore({ blobs: createAzureBlobStore(storage, 'dead-letters') });
}
