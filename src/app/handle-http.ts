import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { readCallers } from '../config/read-callers.ts';
import { createSettingsReader, type Environment } from '../config/settings-reader.ts';
import { deviceApiAuthLevel, eventsAuthLevel } from '../http/authentication.ts';
import { createEventsWebhook } from '../http/events-webhook.ts';
import { createHealth } from '../http/health.ts';
import { failureResponse } from '../http/messages.ts';
import { createContextLogger, type Logger } from '../telemetry/logger.ts';
import { type App, getApp, startTimer } from './compose-app.ts';
import { endInTime, type Invocation } from './function-life.ts';
import { handleWebhookBody } from './handle-events.ts';

/** Serves the `devices` Function: registers, shows, lists or removes devices of a user. */
export function handleDevices(request: HttpRequest, invocation: Invocation): Promise<HttpResponseInit> {
  return serve(invocation, ({ deviceApi }, logger) => deviceApi.devices(request, logger));
}

/** Serves the `users` Function: erases everything about a user. */
export function handleUsers(request: HttpRequest, invocation: Invocation): Promise<HttpResponseInit> {
  return serve(invocation, ({ deviceApi }, logger) => deviceApi.users(request, logger));
}

/** Serves the `events` Function: the handshakes of Event Grid, and events in both schemas. */
export function handleEvents(request: HttpRequest, invocation: Invocation): Promise<HttpResponseInit> {
  return serve(invocation, (app, logger) => {
    const webhook = createEventsWebhook({
      relayEvents: (body, rawText) => handleWebhookBody(app, body, rawText, invocation),
      ...(app.authenticateEvents === undefined ? {} : { authenticate: app.authenticateEvents }),
      logger,
    });
    return webhook(request);
  });
}

/** Serves the `health` Function, which checks whether the settings are valid and storage responds. */
export function handleHealth(request: HttpRequest, invocation: Invocation): Promise<HttpResponseInit> {
  const health = createHealth({
    checks: [
      {
        name: 'settings',
        check: async () => {
          await getApp(invocation);
        },
      },
      {
        name: 'storage',
        check: async () => {
          const { tables } = await getApp(invocation);
          await tables.listTables('devices');
        },
      },
    ],
  });
  return health(request);
}

/** Which Functions the host protects with a key. */
interface AuthLevels {
  readonly deviceApi: 'function' | 'anonymous';
  readonly events: 'function' | 'anonymous';
}

/**
 * Decides, when the Functions are registered, for which of them the host must require a key. With invalid or incomplete
 * settings it is both, so that nothing is open by mistake.
 */
export function authLevels(env: Environment): AuthLevels {
  const reader = createSettingsReader(env);
  const { deviceApi, eventsEntra } = readCallers(reader);
  if (reader.problems.length > 0) return { deviceApi: 'function', events: 'function' };
  return { deviceApi: deviceApiAuthLevel(deviceApi), events: eventsAuthLevel(eventsEntra) };
}

/** Runs a handler that needs the app. Invalid settings become an error response, never a crash. */
async function serve(
  invocation: Invocation,
  handle: (app: App, logger: Logger) => Promise<HttpResponseInit>,
): Promise<HttpResponseInit> {
  const logger = createContextLogger(invocation);
  try {
    const handling = getApp(invocation).then((app) => handle(app, logger));
    return await endInTime(startTimer, invocation.functionName, handling);
  } catch (error) {
    return failureResponse(error, logger, 'request-failed');
  }
}
