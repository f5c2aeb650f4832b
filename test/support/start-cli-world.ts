import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { AppIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { HubFault } from '../../src/local/hub-emulator/faults.ts';
import {
  emulatorConnectionString,
  emulatorKey,
  emulatorKeyName,
} from '../../src/local/hub-emulator/hub-emulator-options.ts';
import { startHubEmulator } from '../../src/local/hub-emulator/start-hub-emulator.ts';

/** What a command printed, and how it ended; ids and times are replaced by `<id>` and `<time>`. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A hub on a real socket, the Azurite of the run, and folders with a local.settings.json that leads to both. */
export async function startCliWorld() {
  const faults = new Map<string, HubFault>();
  const hub = await startHubEmulator({
    port: 0,
    hubs: ['relay', 'relay-voip'],
    keys: { [emulatorKeyName]: emulatorKey },
    clock: Date.now,
    wait: () => Promise.resolve(),
    respond: ({ deviceHandles }) => faults.get(deviceHandles[0] ?? ''),
  });
  const settings = {
    RELAY_STORAGE: inject('azurite'),
    NOTIFICATION_HUB_CONNECTION_STRING: emulatorConnectionString(hub.url),
    NOTIFICATION_HUB_NAME: 'relay',
    NOTIFICATION_HUB_VOIP_NAME: 'relay-voip',
  };
  const folders: string[] = [];
  const openIo = (over: Readonly<Record<string, string>>, ask?: AppIo['ask']) => {
    const printed = { out: '', err: '' };
    const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
    folders.push(cwd);
    writeFileSync(join(cwd, 'local.settings.json'), JSON.stringify({ Values: { ...settings, ...over } }));
    const io: AppIo = {
      cwd,
      env: {},
      ...(ask === undefined ? {} : { ask }),
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
    };
    return { io, printed };
  };
  return {
    url: hub.url,
    faults,
    settings,
    /** Something that commands can print to, in a folder with these settings; `raw` is what they printed. */
    openIo,
    /** Runs the command line with the settings, and some of them changed. */
    runWith: async (over: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> => {
      const { io, printed } = openIo(over);
      const code = await runCli(args, io);
      return { code, out: steady(printed.out), err: steady(printed.err) };
    },
    /** Every push that reached a handle and was taken. */
    got: (handle: string) =>
      hub.pushes
        .list()
        .filter(({ deviceHandles, fault }) => deviceHandles.includes(handle) && fault === undefined),
    stop: async () => {
      await hub.stop();
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  };
}

/** The world of {@link startCliWorld}. */
export type CliWorld = Awaited<ReturnType<typeof startCliWorld>>;

/** Replaces what is new in every run. */
export function steady(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
}

/** A user nobody else has, and handles that start alike in every test. */
export function newUser() {
  const id = randomUUID();
  const hex = id.replaceAll('-', '').repeat(2);
  return {
    userId: `8:acs:${id}_cli`,
    iphone: `a1a1${hex.slice(4)}`,
    iphoneVoip: `b2b2${hex.slice(4)}`,
    android: `fcm-${hex}`,
  };
}
