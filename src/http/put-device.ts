import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { parseRegistration } from '../devices/registration.ts';
import { deviceView } from './device-view.ts';
import { emptyBodyMessage } from './empty-body-message.ts';
import { errorAnswer } from './error-answer.ts';
import { jsonAnswer } from './json-answer.ts';
import { parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';

const MAX_BODY_BYTES = 16_384;

/** Registers or renews a device: 201, 200, or 400 and 413 with every problem named. */
export async function putDevice(
  registry: DeviceRegistry,
  request: HttpRequest,
  userId: string,
  deviceId: string,
): Promise<HttpResponseInit> {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === 'too-large') {
    const message = `The body is larger than ${MAX_BODY_BYTES} bytes.`;
    return errorAnswer({ status: 413, code: 'REQUEST_TOO_LARGE', message });
  }
  if (bytes.length === 0)
    return errorAnswer({ status: 400, code: 'REQUEST_EMPTY', message: emptyBodyMessage });
  const json = parseJson(bytes);
  if (json.kind === 'invalid') {
    const message = 'The body is not JSON in UTF-8.';
    return errorAnswer({ status: 400, code: 'REQUEST_NOT_JSON', message });
  }
  const parsed = parseRegistration(json.value);
  if (parsed.kind === 'invalid') {
    const { problems } = parsed;
    const message = 'The device cannot be registered. Mend what "problems" lists.';
    return errorAnswer({ status: 400, code: 'DEVICE_INVALID', message, problems });
  }
  const { kind, device } = await registry.register(userId, deviceId, parsed.registration);
  return jsonAnswer(kind === 'created' ? 201 : 200, deviceView(device));
}
