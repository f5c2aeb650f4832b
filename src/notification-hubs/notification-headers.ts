import type { Platform } from '../notifications/push.ts';
import type { DirectSend } from './direct-send-client.ts';
import { hubRequestInvalid } from './hub-request-invalid.ts';
import { isHeaderValue } from './is-header-value.ts';

/** Names of the platforms in `ServiceBusNotification-Format`, as in "Direct Send" of the Notification Hubs REST API. */
const FORMATS: Readonly<Record<Platform, string>> = { apns: 'apple', fcmv1: 'fcmv1' };

/** The hub passes headers on to the push service as they are; only APNs reads any, and all of them begin with this. */
const PUSH_SERVICE_HEADER = /^apns-[a-z0-9-]{1,60}$/;

/**
 * The headers every Direct Send carries for its push: the format and those for the push service; a new object each time.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a name that is not `apns-*` in lower case (it could overwrite a header of
 * the hub), or a value that cannot stand in a header.
 */
export const notificationHeaders = (push: DirectSend): Record<string, string> => {
  const headers: Record<string, string> = { 'servicebusnotification-format': FORMATS[push.platform] };
  for (const [name, value] of Object.entries(push.headers)) {
    if (!PUSH_SERVICE_HEADER.test(name)) {
      throw hubRequestInvalid('a header for the push service must be named apns-*, in lower case');
    }
    if (!isHeaderValue(value)) {
      throw hubRequestInvalid(`the value of ${name} is empty or has characters a header cannot hold`);
    }
    headers[name] = value;
  }
  return headers;
};
