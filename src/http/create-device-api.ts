import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { isDeviceId } from '../devices/registration.ts';
import type { Logger } from '../telemetry/logger.ts';
import { authorizeUser } from './authorize-user.ts';
import type { Caller } from './caller.ts';
import { deviceView } from './device-view.ts';
import { emptyAnswer } from './empty-answer.ts';
import { errorAnswer } from './error-answer.ts';
import { failureAnswer } from './failure-answer.ts';
import type { HttpHandler } from './http-handler.ts';
import { jsonAnswer } from './json-answer.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { putDevice } from './put-device.ts';

/** What the device API works with. */
export interface DeviceApiDeps {
  readonly registry: DeviceRegistry;
  readonly authenticate: (request: HttpRequest) => Promise<Caller>;
  readonly logger: Logger;
}

/** The handlers of the device API. */
export interface DeviceApi {
  /** `PUT|GET|DELETE /api/users/{userId}/devices/{deviceId}` and `GET /api/users/{userId}/devices`. */
  readonly devices: HttpHandler;
  /** `DELETE /api/users/{userId}`: erases everything about a user. */
  readonly users: HttpHandler;
}

/**
 * The device API over a registry. Answers: 201 created, 200, 204 removed or erased, 400 with each problem named,
 * 401, 403, 404, 405, 413 (body above 16 KiB), 503 with `Retry-After` while storage or the issuer's keys cannot be
 * reached. No answer carries a whole handle.
 */
export function createDeviceApi({ registry, authenticate, logger }: DeviceApiDeps): DeviceApi {
  const serve = (
    allow: (request: HttpRequest) => readonly string[],
    act: (request: HttpRequest, userId: string) => Promise<HttpResponseInit>,
  ): HttpHandler => {
    return async (request) => {
      try {
        const allowed = allow(request);
        if (!allowed.includes(request.method)) return methodNotAllowed(allowed.join(', '));
        const user = authorizeUser(await authenticate(request), request);
        return user.kind === 'refused' ? user.answer : await act(request, user.userId);
      } catch (error) {
        return failureAnswer(error, logger, 'device-api-failed');
      }
    };
  };

  const actOnDevice = async (
    request: HttpRequest,
    userId: string,
    deviceId: string,
  ): Promise<HttpResponseInit> => {
    if (!isDeviceId(deviceId)) {
      const message = 'The device id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -';
      return errorAnswer({ status: 400, code: 'DEVICE_ID_INVALID', message });
    }
    if (request.method === 'PUT') return putDevice(registry, request, userId, deviceId);
    if (request.method === 'DELETE') {
      return (await registry.remove(userId, deviceId)) === 'removed' ? emptyAnswer(204) : deviceNotFound();
    }
    const device = await registry.get(userId, deviceId);
    return device === undefined ? deviceNotFound() : jsonAnswer(200, deviceView(device));
  };

  return {
    devices: serve(
      (request) => (request.params['deviceId'] === undefined ? ['GET'] : ['GET', 'PUT', 'DELETE']),
      async (request, userId) => {
        const deviceId = request.params['deviceId'];
        if (deviceId !== undefined) return actOnDevice(request, userId, deviceId);
        return jsonAnswer(200, { devices: (await registry.list(userId)).map(deviceView) });
      },
    ),
    users: serve(
      () => ['DELETE'],
      async (_request, userId) => {
        await registry.erase(userId);
        return emptyAnswer(204);
      },
    ),
  };
}

function deviceNotFound(): HttpResponseInit {
  return errorAnswer({ status: 404, code: 'DEVICE_NOT_FOUND', message: 'This user has no such device.' });
}
