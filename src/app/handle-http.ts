import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { readCallers } from '../config/read-callers.ts';
import { createSettingsReader, type Environment } from '../config/settings-reader.ts';
import { deviceApiAuthLevel, eventsAuthLevel } from '../http/authentication.ts';
import { createDeviceApi } from '../http/device-api.ts';
import { createEventsWebhook } from '../http/events-webhook.ts';
import { createHealth } from '../http/health.ts';
import { failureResponse, type HttpHandler } from '../http/responses.ts';
import { createContextLogger, type Logger } from '../telemetry/logger.ts';
import type { App } from './compose-app.ts';
import { getApp } from './compose-app.ts';
import { handleWebhookBody, type Invocation } from './handle-events.ts';

/** What the `devices` Function does with a request: registers, shows, lists or removes devices of a user. */
export const handleDevices = handleHttp(
  ({ devices, authenticateCaller }, logger) =>
    createDeviceApi({ registry: devices, authenticate: authenticateCaller, logger }).devices,
);

/** What the `users` Function does with a request: erases everything about a user. */
export const handleUsers = handleHttp(
  ({ devices, authenticateCaller }, logger) =>
    createDeviceApi({ registry: devices, authenticate: authenticateCaller, logger }).users,
);

/** What the `events` Function does with a request: the handshakes of Event Grid, and events in both schemas. */
export const handleEvents = handleHttp((app, logger, invocation) =>
  createEventsWebhook({
    relayEvents: (body, rawText) => handleWebhookBody(app, body, rawText, invocation),
    ...(app.authenticateEvents === undefined ? {} : { authenticate: app.authenticateEvents }),
    logger,
  }),
);

/** What the Functions host checks before it calls an HTTP Function. */
interface AuthLevels {
  readonly deviceApi: 'function' | 'anonymous';
  readonly events: 'function' | 'anonymous';
}

/**
 * Decides, when the Functions are registered, which of them the host must ask a key for. With wrong or half settings it
 * is both: nothing is open by mistake.
 */
export function authLevels(env: Environment): AuthLevels {
  const reader = createSettingsReader(env);
  const { deviceApi, eventsEntra } = readCallers(reader);
  if (reader.problems.length > 0) return { deviceApi: 'function', events: 'function' };
  return { deviceApi: deviceApiAuthLevel(deviceApi), events: eventsAuthLevel(eventsEntra) };
}

/** What the `health` Function does: are the settings right, and does storage answer? */
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

/** Makes the handler for one invocation, which logs to it. */
type MakeHandler = (app: App, logger: Logger, invocation: Invocation) => HttpHandler;

/** A handler for the Functions host from one that needs the app. Wrong settings are an answer too, never a crash. */
function handleHttp(
  make: MakeHandler,
): (request: HttpRequest, invocation: Invocation) => Promise<HttpResponseInit> {
  return async (request, invocation) => {
    const logger = createContextLogger(invocation);
    try {
      return await make(await getApp(invocation), logger, invocation)(request);
    } catch (error) {
      return failureResponse(error, logger, 'request-failed');
    }
  };
}
