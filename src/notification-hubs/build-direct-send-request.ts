import type { DirectSend } from './direct-send-client.ts';
import { hubRequestInvalid } from './hub-request-invalid.ts';
import { isHeaderValue } from './is-header-value.ts';
import { messagesPath } from './messages-path.ts';
import { notificationHeaders } from './notification-headers.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/**
 * Builds the request that sends one push to one device handle, without `Authorization`.
 * Pure; the shape is that of "Direct Send" in the Notification Hubs REST API, version 2015-04.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a hub name, header or device handle that no request can carry.
 */
export const buildDirectSendRequest = (
  hubName: string,
  push: DirectSend,
  deviceHandle: string,
): UnsignedRequest => {
  if (!isHeaderValue(deviceHandle)) {
    throw hubRequestInvalid('the device handle is empty or has characters a header cannot hold');
  }
  const headers = notificationHeaders(push);
  headers['servicebusnotification-devicehandle'] = deviceHandle;
  headers['content-type'] = 'application/json;charset=utf-8';
  return { path: `${messagesPath(hubName)}?direct&api-version=2015-04`, headers, body: push.body };
};
