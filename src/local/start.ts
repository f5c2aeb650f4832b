import { readLocalSettings } from '../config/local-settings.ts';
import { RelayError } from '../errors/errors.ts';
import type { Clock } from '../shared/time.ts';
import type { PrintLine } from './command-line.ts';
import type { StartTimer } from './functions-host/timers.ts';
import { planLocalRun } from './plan-local-run.ts';
import { registerSampleDevices } from './sample-devices.ts';
import { relaySampleEvents, tryLine } from './sample-events.ts';
import { type LocalStack, startLocalStack } from './start-local-stack.ts';

interface StartOptions {
  /** Folder of the built Function App, and of local.settings.json. */
  readonly appRoot: string;
  /** Folder of the recordings for the samples. */
  readonly recordings: string;
  /** The hub emulator answers 400 to a push with an error finding. */
  readonly strict: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly print: PrintLine;
}

/**
 * Runs `npm start`: starts the local stack, registers the sample devices, relays the sample recordings once and prints
 * the addresses. It skips the samples when a real hub is configured, since their devices do not exist.
 */
export async function start(options: StartOptions): Promise<LocalStack> {
  const { appRoot, strict, environment, clock, startTimer, print } = options;
  const stack = await startLocalStack({
    appRoot,
    plan: planLocalRun(readLocalSettings(appRoot), environment),
    port: readPort(environment, 'PORT', 7071),
    inspectorPort: readPort(environment, 'INSPECTOR_PORT', 7080),
    strict,
    clock,
    startTimer,
    print,
  });
  const { host, emulator, storage } = stack;
  try {
    if (emulator !== undefined) {
      await registerSampleDevices(host.url);
      await relaySampleEvents(host.url, options.recordings, clock);
      print(
        `Samples: 2 devices registered, ${emulator.pushes.list().length} pushes reached the hub emulator.`,
      );
    }
    print(`Functions host  ${host.url}  (${host.functionNames.join(', ')})`);
    print(
      emulator === undefined
        ? 'Hub             the one in your settings; no samples sent'
        : `Hub emulator    ${emulator.url}${strict ? '  (strict)' : ''}`,
    );
    if (emulator !== undefined) print(`Inspector       http://localhost:${emulator.port}/`);
    if (storage !== undefined) print(`Storage         RELAY_STORAGE='${storage}'`);
    print(`Try:  ${tryLine(host.url)}`);
    print('Ready. Press Ctrl-C to stop.');
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function readPort(environment: StartOptions['environment'], name: string, fallback: number): number {
  const text = environment[name] ?? '';
  if (text === '') return fallback;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new RelayError({
    code: 'CONFIG_INVALID',
    class: 'config',
    message: `${name} must be a port number from 0 to 65535 (0 picks any free port), but it is "${text}".`,
  });
}
