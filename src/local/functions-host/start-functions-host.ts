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

/** What the local Functions host needs. */
export interface FunctionsHostOptions {
  /** Folder with package.json (`main`) and host.json. */
  readonly appRoot: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** App settings, put into the environment before the app is loaded and taken out at the end. */
  readonly settings: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Where log lines go; leave it out for silence. */
  readonly print?: PrintLine;
  /** Sees what is posted to the functions, for the inspector. */
  readonly observe?: DeliveryObserver;
}

/** A running local Functions host. */
export interface FunctionsHost {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Names of the app's functions, in the order of their registration. */
  readonly functionNames: readonly string[];
  /** Ends timers and connections, waits for running functions, runs the `appTerminate` hooks. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a Function App the way Azure does, without Azure: loads its registrations through the same programming model and
 * serves its HTTP routes (function keys off), its Event Grid triggers, its timers and the admin route on 127.0.0.1.
 *
 * @throws RelayError `PORT_IN_USE`, `BUILD_MISSING`, or what the app threw while loading.
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
      // A second call waits for the first.
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

/** Puts settings into the environment of this process, and gives back how to restore what was there. */
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
