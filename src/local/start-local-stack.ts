import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../config/clock.ts';
import { loadConfig } from '../config/load-config.ts';
import { createDeadLetterStore } from '../deliveries/create-dead-letter-store.ts';
import type { DeadLetterStore } from '../deliveries/dead-letter-store.ts';
import { createAzureBlobStore } from '../storage/create-azure-blob-store.ts';
import { emulatorConnectionString, emulatorKey, emulatorKeyName } from './emulator-key.ts';
import { type FunctionsHost, startFunctionsHost } from './functions-host/start-functions-host.ts';
import type { StartTimer } from './functions-host/timers.ts';
import { type HubEmulator, startHubEmulator } from './hub-emulator/start-hub-emulator.ts';
import { createInspector, type Inspector } from './inspector/server/create-inspector.ts';
import { startTracing } from './inspector/server/start-tracing.ts';
import type { LocalPlan, Settings } from './plan-local-run.ts';
import type { PrintLine } from './print-line.ts';
import { startAzurite } from './start-azurite.ts';

/** What the local stack needs. */
export interface LocalStackOptions {
  readonly appRoot: string;
  readonly plan: LocalPlan;
  /** Port of the Functions host; 0 takes any free one. */
  readonly port: number;
  /** Port of the hub emulator; 0 takes any free one. */
  readonly inspectorPort: number;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly print: PrintLine;
  /** Time between two steps of a scenario of the inspector, milliseconds. Default 4,000. */
  readonly pauseMs?: number;
  /** Waits of the local Event Grid before redeliveries, milliseconds. Default: those of Event Grid. */
  readonly retryDelaysMs?: readonly number[];
}

/** Source: "Event Grid message delivery and retry" (10 seconds, 30 seconds, 1 minute, 5 minutes). */
const eventGridDelaysMs = [10_000, 30_000, 60_000, 300_000];

/** A running local stack. */
export interface LocalStack {
  readonly host: FunctionsHost;
  /** Absent when a real hub is configured. */
  readonly emulator?: HubEmulator;
  /** Ends everything, last started first. */
  readonly stop: () => Promise<void>;
}

/** Starts the hub emulator, Azurite and the Functions host, as far as the plan needs them. All or nothing. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { plan, clock, print } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    // The page stands on the emulator's port: with a real hub there is none.
    const inspector = plan.needsEmulator ? makeInspector(options) : undefined;
    const emulator = inspector === undefined ? undefined : await startEmulator(options, inspector);
    if (emulator !== undefined) stops.push(emulator.stop);
    const azurite = plan.needsAzurite ? await startAzurite() : undefined;
    if (azurite !== undefined) stops.push(azurite.stop);

    const settings = plan.settings({
      ...(emulator === undefined ? {} : { hubConnectionString: emulatorConnectionString(emulator.url) }),
      ...(azurite === undefined ? {} : { storageConnectionString: azurite.connectionString }),
    });
    const { appRoot, port, startTimer } = options;
    // Before the app is loaded: it asks for its tracer once.
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
    return { host, ...(emulator === undefined ? {} : { emulator }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function makeInspector({ clock, startTimer, pauseMs, retryDelaysMs }: LocalStackOptions): Inspector {
  return createInspector({
    clock,
    startTimer,
    newId: randomUUID,
    pauseMs: pauseMs ?? 4000,
    retryDelaysMs: retryDelaysMs ?? eventGridDelaysMs,
    capacity: 3000,
  });
}

function openDeadLetters(settings: Settings): DeadLetterStore {
  const { storage } = loadConfig(settings).config;
  return createDeadLetterStore({ blobs: createAzureBlobStore(storage, 'dead-letters') });
}

function startEmulator(
  { plan, inspectorPort, clock, print }: LocalStackOptions,
  { serve }: Inspector,
): Promise<HubEmulator> {
  const hubs = Object.entries(plan.settings({})).flatMap(([name, value]) => {
    if (/^NOTIFICATION_HUB_.*NAME$/.test(name)) return [value];
    return /;EntityPath=([^;]*)/i.exec(value)?.slice(1) ?? [];
  });
  return startHubEmulator({
    port: inspectorPort,
    hubs: [...new Set([...hubs, 'relay', 'relay-voip'])],
    keys: { [emulatorKeyName]: emulatorKey },
    clock,
    wait: (delayMs) => wait(delayMs),
    print,
    serve,
  });
}
