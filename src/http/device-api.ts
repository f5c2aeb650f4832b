import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { type Device, maskHandle } from '../devices/device.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { deviceIdProblem, isDeviceId, parseRegistration, parseUserId } from '../devices/registration.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Caller } from './authentication.ts';
import {
  emptyBodyMessage,
  emptyResponse,
  errorResponse,
  failureResponse,
  jsonResponse,
  keysUnavailableResponse,
  methodNotAllowedResponse,
  parseJsonBody,
  readBody,
  unauthenticatedResponse,
} from './messages.ts';

/** The handlers of the device API, which serve any number of requests. */
export interface DeviceApi {
  /** `PUT|GET|DELETE /api/users/{userId}/devices/{deviceId}` and `GET /api/users/{userId}/devices`. */
  readonly devices: DeviceApiHandler;
  /** `DELETE /api/users/{userId}`: erases everything about a user. */
  readonly users: DeviceApiHandler;
}

/** Handles one request and logs with the logger of its invocation. It never rejects. */
type DeviceApiHandler = (request: HttpRequest, logger: Logger) => Promise<HttpResponseInit>;

interface DeviceApiDeps {
  readonly registry: DeviceRegistry;
  readonly authenticate: (request: HttpRequest) => Promise<Caller>;
}

/**
 * The device API on a registry. Responses: 201 created, 200, 204 removed or erased, 400 with a list of all problems,
 * 401, 403, 404, 405, 413 (body above 16 KiB), 503 with `Retry-After` while storage or the issuer's keys are
 * unavailable. No response contains a whole handle.
 */
export function createDeviceApi({ registry, authenticate }: DeviceApiDeps): DeviceApi {
  const serve = (
    allow: (request: HttpRequest) => readonly string[],
    act: (request: HttpRequest, userId: string) => Promise<HttpResponseInit>,
  ): DeviceApiHandler => {
    return async (request, logger) => {
      try {
        const allowed = allow(request);
        if (!allowed.includes(request.method)) return methodNotAllowedResponse(allowed.join(', '));
        const user = authorizeUser(await authenticate(request), request);
        return user.kind === 'refused' ? user.response : await act(request, user.userId);
      } catch (error) {
        return failureResponse(error, logger, 'device-api-failed');
      }
    };
  };
  return {
    devices: serve(
      (request) => (request.params['deviceId'] === undefined ? ['GET'] : ['GET', 'PUT', 'DELETE']),
      async (request, userId) => {
        const deviceId = request.params['deviceId'];
        if (deviceId !== undefined) return actOnDevice(registry, request, userId, deviceId);
        return jsonResponse(200, { devices: (await registry.list(userId)).map(deviceView) });
      },
    ),
    users: serve(
      () => ['DELETE'],
      async (_request, userId) => {
        await registry.erase(userId);
        return emptyResponse(204);
      },
    ),
  };
}

/** A device as the API and the command line show it. */
export interface DeviceView {
  readonly deviceId: string;
  readonly platform: string;
  /** Masked, as is `voipHandle`. */
  readonly handle: string;
  readonly voipHandle?: string;
  readonly locale?: string;
  /** ISO 8601, as is `expiresAt`. */
  readonly registeredAt: string;
  readonly expiresAt: string;
}

/** Shows a device without its secrets. */
export function deviceView(device: Device): DeviceView {
  const { deviceId, platform, handle, voipHandle, locale, registeredAtMs, expiresAtMs } = device;
  return {
    deviceId,
    platform,
    handle: maskHandle(handle),
    ...(voipHandle === undefined ? {} : { voipHandle: maskHandle(voipHandle) }),
    ...(locale === undefined ? {} : { locale }),
    registeredAt: new Date(registeredAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}

/** The user in the URL, for whom the caller may act; or the response that refuses. */
type AuthorizedUser =
  | { readonly kind: 'allowed'; readonly userId: string }
  | { readonly kind: 'refused'; readonly response: HttpResponseInit };

/** Checks the caller (401, 503), then the `{userId}` in the URL (400), then whether the caller may act for it (403). */
function authorizeUser(caller: Caller, request: HttpRequest): AuthorizedUser {
  if (caller.kind === 'keys-unavailable') return refused(keysUnavailableResponse());
  if (caller.kind === 'unauthenticated') {
    return refused(unauthenticatedResponse('CALLER_UNAUTHENTICATED', caller.tokenGiven));
  }
  const parsed = parseUserId(request.params['userId'] ?? '');
  if (parsed.kind === 'invalid') {
    return refused(errorResponse({ status: 400, code: 'USER_ID_INVALID', message: parsed.problem }));
  }
  if (caller.kind === 'app' && caller.userId !== parsed.userId) {
    const message = 'The bearer token belongs to a different user than the one in the URL.';
    return refused(errorResponse({ status: 403, code: 'CALLER_FORBIDDEN', message }));
  }
  return { kind: 'allowed', userId: parsed.userId };
}

function refused(response: HttpResponseInit): AuthorizedUser {
  return { kind: 'refused', response };
}

async function actOnDevice(
  registry: DeviceRegistry,
  request: HttpRequest,
  userId: string,
  deviceId: string,
): Promise<HttpResponseInit> {
  if (!isDeviceId(deviceId)) {
    return errorResponse({ status: 400, code: 'DEVICE_ID_INVALID', message: deviceIdProblem });
  }
  if (request.method === 'PUT') return putDevice(registry, request, userId, deviceId);
  if (request.method === 'DELETE') {
    return (await registry.remove(userId, deviceId)) === 'removed' ? emptyResponse(204) : deviceNotFound();
  }
  const device = await registry.get(userId, deviceId);
  return device === undefined ? deviceNotFound() : jsonResponse(200, deviceView(device));
}

const maxBodyBytes = 16_384;

/** Registers or renews a device: 201, 200, or 400 and 413 with every problem. */
async function putDevice(
  registry: DeviceRegistry,
  request: HttpRequest,
  userId: string,
  deviceId: string,
): Promise<HttpResponseInit> {
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'too-large') {
    const message = `The body is larger than ${maxBodyBytes} bytes.`;
    return errorResponse({ status: 413, code: 'REQUEST_TOO_LARGE', message });
  }
  if (bytes.length === 0) {
    return errorResponse({ status: 400, code: 'REQUEST_EMPTY', message: emptyBodyMessage });
  }
  const body = parseJsonBody(bytes);
  if (body === undefined) {
    const message = 'The body is not valid JSON in UTF-8.';
    return errorResponse({ status: 400, code: 'REQUEST_NOT_JSON', message });
  }
  const parsed = parseRegistration(body);
  if (parsed.kind === 'invalid') {
    const { problems } = parsed;
    const message = 'The registration is invalid. See "problems".';
    return errorResponse({ status: 400, code: 'DEVICE_INVALID', message, problems });
  }
  const { kind, device } = await registry.register(userId, deviceId, parsed.registration);
  return jsonResponse(kind === 'created' ? 201 : 200, deviceView(device));
}

function deviceNotFound(): HttpResponseInit {
  return errorResponse({ status: 404, code: 'DEVICE_NOT_FOUND', message: 'This user has no such device.' });
}
