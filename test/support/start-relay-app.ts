import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FunctionsHost,
  startFunctionsHost,
} from '../../src/local/functions-host/start-functions-host.ts';
import type { HubFault } from '../../src/local/hub-emulator/faults.ts';
import {
  emulatorConnectionString,
  emulatorKey,
  emulatorKeyName,
} from '../../src/local/hub-emulator/hub-emulator-options.ts';
import type { ReceivedPush } from '../../src/local/hub-emulator/hub-record.ts';
import { type HubEmulator, startHubEmulator } from '../../src/local/hub-emulator/start-hub-emulator.ts';
import { type BuiltApp, buildApp } from './build-app.ts';

/**
 * The whole relay: the built app in the local host, a strict hub emulator, which refuses what Notification Hubs, APNs or FCM
 * would object to, and storage. Shared by the tests of a file.
 */
export interface RelayApp {
  readonly host: FunctionsHost;
  readonly hub: HubEmulator;
  /** Log lines of the host so far. */
  readonly lines: readonly string[];
  /** Makes the hub misbehave for one device handle until it is taken back. */
  readonly faults: Map<string, HubFault>;
  /** The pushes that a handle got, oldest first. */
  readonly pushesTo: (handle: string) => readonly ReceivedPush[];
  readonly stop: () => Promise<void>;
}

/**
 * Builds and starts a {@link RelayApp}, with options of the build script and settings of one's own where given, or starts
 * an app that is built already.
 */
export async function startRelayApp(
  storage: string,
  init: {
    readonly build?: readonly string[];
    readonly settings?: Readonly<Record<string, string>>;
    readonly app?: BuiltApp;
  } = {},
): Promise<RelayApp> {
  const app = init.app ?? buildApp(...(init.build ?? []));
  const faults = new Map<string, HubFault>();
  const lines: string[] = [];
  const clock = () => Date.now();
  const hub = await startHubEmulator({
    port: 0,
    hubs: ['relay', 'relay-voip'],
    keys: { [emulatorKeyName]: emulatorKey },
    strict: true,
    clock,
    wait: () => Promise.resolve(),
    respond: ({ deviceHandles }) => faults.get(deviceHandles[0] ?? ''),
  });
  const connection = emulatorConnectionString(hub.url);
  const host = await startFunctionsHost({
    appRoot: app.root,
    port: 0,
    settings: {
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: storage,
      NOTIFICATION_HUB_CONNECTION_STRING: connection,
      NOTIFICATION_HUB_NAME: 'relay',
      NOTIFICATION_HUB_VOIP_CONNECTION_STRING: connection,
      NOTIFICATION_HUB_VOIP_NAME: 'relay-voip',
      ...init.settings,
    },
    clock,
    startTimer: () => () => undefined,
    print: (line) => lines.push(line),
  });
  return {
    host,
    hub,
    lines,
    faults,
    pushesTo: (handle) => hub.pushes.list().filter(({ deviceHandles }) => deviceHandles.includes(handle)),
    stop: async () => {
      await host.stop();
      await hub.stop();
      app.remove();
    },
  };
}

/** The user whom the recordings are for. */
const recordedUser = '8:acs:0d3c8f7e-5a41-4b8e-9f0a-2c6d1e7b4a90_00000021-7a3b-4c5d-8e9f-3a4b5c6d7e8f';

/** The text of a recording in test/replay/recordings for another user, with a new id and time. Single event only. */
export function recordingFor(file: string, userId: string, eventTime: string): string {
  const path = join(import.meta.dirname, '../replay/recordings', file);
  return readFileSync(path, 'utf8')
    .replaceAll(recordedUser, userId)
    .replace(/"id": "[0-9a-f-]{36}"/, `"id": "${randomUUID()}"`)
    .replace(/"(eventTime|time)": "[^"]*"(?=\s*\}\s*\]?\s*$)/, `"$1": "${eventTime}"`);
}
