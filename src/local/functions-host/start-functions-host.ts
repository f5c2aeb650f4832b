import { createServer } from 'node:http';
import { lazy } from '../../shared/lazy.ts';
import type { Clock } from '../../shared/time.ts';
import type { PrintLine } from '../command-line.ts';
import { closeServer, listen } from '../http-server.ts';
import { createRunByHand } from './admin-endpoint.ts';
import { answerRequest, type DeliveryObserver } from './answer-request.ts';
import { startAppRuntime } from './app-runtime.ts';
import { createEventGridLookup } from './event-grid-webhook.ts';
import { createHostLog } from './host-log.ts';
import { createHttpRoutes, readRoutePrefix } from './http-routes.ts';
import { sendHostAnswer } from './rpc-http.ts';
import { createTimers, type StartTimer, startTimers } from './timers.ts';

export interface FunctionsHostOptions {
  /** Folder with package.json (`main`) and host.json. */
  readonly appRoot: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** App settings, set in the environment before the app is loaded and restored at the end. */
  readonly settings: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Receives the log lines; absent for none. */
  readonly print?: PrintLine;
  /** Observes the POSTs for functions. */
  readonly observe?: DeliveryObserver;
}

/** A running local Functions host. */
export interface FunctionsHost {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Names of the app's functions, in registration order. */
  readonly functionNames: readonly string[];
  /** Stops timers and connections, waits for running functions, and runs the `appTerminate` hooks. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a Function App as Azure does, without Azure: loads its registrations through the same programming model and serves
 * its HTTP routes (without function keys), Event Grid triggers, timers and the admin route on 127.0.0.1.
 *
 * @throws RelayError `PORT_IN_USE`, `BUILD_MISSING`, or the error of the app while loading.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { appRoot, clock, startTimer, print = () => undefined } = options;
  const log = createHostLog(print, clock);
  const restoreEnvironment = setEnvironment(options.settings);
  try {
    const runtime = await startAppRuntime(appRoot, log);
    const timers = createTimers(runtime, process.env);
    const routes = {
      runtime,
      http: createHttpRoutes(runtime.functions, readRoutePrefix(appRoot)),
      eventGrid: createEventGridLookup(runtime, clock, log),
      runByHand: createRunByHand(runtime, clock),
      ...(options.observe === undefined ? {} : { observe: options.observe }),
    };
    const server = createServer((request, response) => {
      answerRequest(routes, request).then(
        (answer) => sendHostAnswer(response, answer),
        () => response.destroy(),
      );
    });
    const port = await listen(server, { port: options.port, setting: 'PORT', what: 'the Functions host' });
    const stopTimers = startTimers(timers, clock, startTimer);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      functionNames: runtime.functions.map(({ metadata }) => metadata.name),
      // Safe to call again: it runs once.
      stop: lazy(async () => {
        stopTimers();
        await closeServer(server);
        await runtime.stop();
        restoreEnvironment();
      }),
    };
  } catch (error) {
    restoreEnvironment();
    throw error;
  }
}

/** Sets environment variables of this process; the returned function restores the old values. */
export function setEnvironment(settings: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
