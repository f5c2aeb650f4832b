import { chooseBoundary } from './choose-boundary.ts';
import type { DirectSend } from './direct-send-client.ts';
import { hubRequestInvalid } from './hub-request-invalid.ts';
import { isHeaderValue } from './is-header-value.ts';
import { messagesPath } from './messages-path.ts';
import { notificationHeaders } from './notification-headers.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/** Most device handles the hub takes in one batch ("Direct batch send", Notification Hubs REST API). */
const MAX_HANDLES = 1000;

/**
 * Builds the request that sends one push to 1 to 1,000 device handles, without `Authorization`.
 * Pure; the shape is that of "Direct batch send" in the Notification Hubs REST API, version 2015-08.
 * A handle given twice is sent once: the second would only double the push on its device.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for no or too many handles, or a name, header or handle no request can carry.
 */
export const buildBatchRequest = (
  hubName: string,
  push: DirectSend,
  deviceHandles: readonly string[],
): UnsignedRequest => {
  const handles = [...new Set(deviceHandles)];
  if (handles.length < 1 || handles.length > MAX_HANDLES) {
    throw hubRequestInvalid(`a batch takes 1 to ${MAX_HANDLES} device handles, not ${handles.length}`);
  }
  // The body could carry any text, but a handle that fits no header cannot be a real one.
  if (!handles.every(isHeaderValue)) {
    throw hubRequestInvalid('a device handle is empty or has characters no handle has');
  }
  const devices = JSON.stringify(handles);
  const boundary = chooseBoundary([push.body, devices]);
  const body = [
    `--${boundary}`,
    'Content-Type: application/json;charset=utf-8',
    'Content-Disposition: inline; name=notification',
    '',
    push.body,
    `--${boundary}`,
    'Content-Type: application/json',
    'Content-Disposition: inline; name=devices',
    '',
    devices,
    `--${boundary}--`,
  ].join('\r\n');
  return {
    path: `${messagesPath(hubName)}$batch?direct&api-version=2015-08`,
    headers: { ...notificationHeaders(push), 'content-type': `multipart/mixed; boundary="${boundary}"` },
    body,
  };
};
