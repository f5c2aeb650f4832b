import { createServer } from 'node:http';
import type { Clock } from '../../shared/time.ts';
import { closeServer } from '../close-server.ts';
import { listen } from '../listen.ts';
import { once } from '../once.ts';
import type { PrintLine } from '../print-line.ts';
import { answerRequest } from './answer-request.ts';
import { startAppRuntime } from './app-runtime.ts';
import { createEventGridLookup } from './create-event-grid-lookup.ts';
import { createHostLog } from './create-host-log.ts';
import { createTimers } from './create-timers.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import { sendHostAnswer } from './host-answer.ts';
import { readRoutePrefix } from './host-json.ts';
import { createHttpRoutes } from './http-routes.ts';
import { createRunByHand } from './run-by-hand.ts';
import { setEnvironment } from './set-environment.ts';
import { type StartTimer, startTimers } from './timers.ts';

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
      stop: once(async () => {
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
