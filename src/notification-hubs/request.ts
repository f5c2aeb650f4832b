import { createHmac } from 'node:crypto';
import type { HubConnection } from '../config/hub-connection.ts';
import { RelayError } from '../errors/errors.ts';
import type { Platform } from '../notifications/push.ts';
import type { Clock } from '../shared/time.ts';

/** One Direct Send request, ready for a transport. The method is always POST. */
export interface HubRequest {
  /** Path and query below the namespace, percent-encoded, beginning with `/`. */
  readonly path: string;
  /** Header names in lower case; values are printable Latin-1 without line breaks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as UTF-8. */
  readonly body: string;
}

/** What the hub sends to one device handle. */
export interface DirectSend {
  readonly platform: Platform;
  /** Headers for the push service: `apns-*`, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text of the payload. */
  readonly body: string;
}

/** A {@link HubRequest} that lacks its `authorization`. Its headers belong to it alone, so that the caller may add one. */
interface UnsignedRequest extends HubRequest {
  readonly headers: Record<string, string>;
}

/**
 * Builds the request that sends one push to one device handle, without `Authorization`.
 * Pure; the shape is that of "Direct Send" in the Notification Hubs REST API, version 2015-04.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a hub name, header or device handle that no request can carry.
 */
export function buildDirectSendRequest(
  hubName: string,
  push: DirectSend,
  deviceHandle: string,
): UnsignedRequest {
  if (!isHeaderValue(deviceHandle)) {
    throw hubRequestInvalid(
      'the device handle is empty or contains characters that are not allowed in a header',
    );
  }
  const headers = notificationHeaders(push);
  headers['servicebusnotification-devicehandle'] = deviceHandle;
  headers['content-type'] = 'application/json;charset=utf-8';
  return { path: `${messagesPath(hubName)}?direct&api-version=2015-04`, headers, body: push.body };
}

/**
 * The path of the hub's message endpoint, `/{hub}/messages/`, with the hub name percent-encoded.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a name that is empty or that a URL would swallow (`.`, `..`).
 */
export function messagesPath(hubName: string): string {
  if (hubName === '' || hubName === '.' || hubName === '..' || !hubName.isWellFormed()) {
    throw hubRequestInvalid('the hub name is empty or not valid in a URL');
  }
  return `/${encodeURIComponent(hubName)}/messages/`;
}

/**
 * The error for arguments that no hub could ever accept.
 *
 * @param problem what is wrong and how to fix it; never the wrong value itself, which may be a device handle.
 */
export function hubRequestInvalid(problem: string): RelayError {
  return new RelayError({
    code: 'HUB_REQUEST_INVALID',
    class: 'internal',
    message: `The Direct Send request cannot be built: ${problem}`,
    problems: [problem],
  });
}

/**
 * Whether a text may be sent as an HTTP header value: printable Latin-1 and tabs, no line breaks, and no blanks at
 * either end, which a receiver would strip (RFC 9110, section 5.5).
 */
function isHeaderValue(value: string): boolean {
  return /^[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?$/.test(value);
}

/** Names of the platforms in `ServiceBusNotification-Format`, as in "Direct Send" of the Notification Hubs REST API. */
const formats: Readonly<Record<Platform, string>> = { apns: 'apple', fcmv1: 'fcmv1' };

/** The hub passes headers on to the push service unchanged; only APNs reads any, and all of them begin with this. */
const pushServiceHeader = /^apns-[a-z0-9-]{1,60}$/;

/**
 * The headers of a push: its format and those for the push service; a new object each time.
 *
 * @throws RelayError `HUB_REQUEST_INVALID` for a name that is not `apns-*` in lower case (it could overwrite a header of
 * the hub), or a value that is not allowed in a header.
 */
function notificationHeaders(push: DirectSend): Record<string, string> {
  const headers: Record<string, string> = { 'servicebusnotification-format': formats[push.platform] };
  for (const [name, value] of Object.entries(push.headers)) {
    if (!pushServiceHeader.test(name)) {
      throw hubRequestInvalid('a header for the push service must be named apns-*, in lower case');
    }
    if (!isHeaderValue(value)) {
      throw hubRequestInvalid(
        `the value of ${name} is empty or contains characters that are not allowed in a header`,
      );
    }
    headers[name] = value;
  }
  return headers;
}

const lifetimeMs = 60 * 60_000;

/** A token is used for the first half of its life only, so it is still valid for a hub whose clock is half an hour ahead. */
const renewAfterMs = lifetimeMs / 2;

/**
 * Returns a function that returns the current `Authorization` value for one connection. Tokens live one hour. They are
 * renewed after half of it, and when the clock was set back to before the moment of signing.
 */
export function createSasTokenCache(connection: HubConnection, clock: Clock): () => string {
  let token = '';
  let signedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock();
    const ageMs = nowMs - signedAtMs;
    if (ageMs < 0 || ageMs >= renewAfterMs) {
      token = createSasToken(connection, Math.floor((nowMs + lifetimeMs) / 1000));
      signedAtMs = nowMs;
    }
    return token;
  };
}

/**
 * Builds the `Authorization` value for a namespace: a shared access signature. Pure.
 *
 * The audience is the root of the namespace with a trailing slash. A token is valid for every path below its audience, so
 * one token serves every hub of the namespace. Microsoft's own client for JavaScript signs the same audience, with
 * hub-level keys too, so every key from the portal works this way. Its access policy still limits what a key may do.
 *
 * @param expiresAtSeconds end of validity, epoch seconds.
 */
export function createSasToken(connection: HubConnection, expiresAtSeconds: number): string {
  const audience = encodeURIComponent(`${connection.endpoint}/`.toLowerCase());
  const signature = encodeURIComponent(signSas(`${audience}\n${expiresAtSeconds}`, connection.key));
  const keyName = encodeURIComponent(connection.keyName);
  return `SharedAccessSignature sr=${audience}&sig=${signature}&se=${expiresAtSeconds}&skn=${keyName}`;
}

/**
 * The signature of a SAS token: base64 of HMAC-SHA256. The key is used as UTF-8 bytes although it looks like base64
 * ("Generate a SAS token", Notification Hubs and Service Bus documentation).
 */
function signSas(stringToSign: string, key: string): string {
  return createHmac('sha256', key).update(stringToSign).digest('base64');
}
