import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  startFunctionsHost,
} from '../../src/local/functions-host/start-functions-host.ts';

/** Starts one of the fixture apps in test/support/apps on a free port, with the clock at 2026-11-22T09:00:00Z. */
export async function startTestHost(
  appName: string,
  options: Partial<FunctionsHostOptions> = {},
): Promise<FunctionsHost> {
  const host = await startFunctionsHost({
    appRoot: join(import.meta.dirname, 'apps', appName),
    port: 0,
    settings: { TIMER_SCHEDULE: '0 */5 * * * *' },
    clock: () => 1_795_338_000_000,
    startTimer: () => () => undefined,
    ...options,
  });
  onTestFinished(host.stop);
  return host;
}
