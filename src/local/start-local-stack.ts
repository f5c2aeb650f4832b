import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../config/clock.ts';
import { emulatorConnectionString, emulatorKey, emulatorKeyName } from './emulator-key.ts';
import { type FunctionsHost, startFunctionsHost } from './functions-host/start-functions-host.ts';
import type { StartTimer } from './functions-host/timers.ts';
import { type HubEmulator, startHubEmulator } from './hub-emulator/start-hub-emulator.ts';
import type { LocalPlan } from './plan-local-run.ts';
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
}

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
    const emulator = plan.needsEmulator ? await startEmulator(options) : undefined;
    if (emulator !== undefined) stops.push(emulator.stop);
    const azurite = plan.needsAzurite ? await startAzurite() : undefined;
    if (azurite !== undefined) stops.push(azurite.stop);

    const settings = plan.settings({
      ...(emulator === undefined ? {} : { hubConnectionString: emulatorConnectionString(emulator.url) }),
      ...(azurite === undefined ? {} : { storageConnectionString: azurite.connectionString }),
    });
    const { appRoot, port, startTimer } = options;
    const host = await startFunctionsHost({ appRoot, port, settings, clock, startTimer, print });
    stops.push(host.stop);
    return { host, ...(emulator === undefined ? {} : { emulator }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startEmulator({ plan, inspectorPort, clock, print }: LocalStackOptions): Promise<HubEmulator> {
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
  });
}
