import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { type ErrorCode, RelayError } from '../errors/errors.ts';
import type { Logger } from '../telemetry/logger.ts';

/**
 * The error message for a request without a body. Most often the caller did send one: the Functions host drops bodies
 * that are sent in chunks, without a Content-Length ("Chunked requests are not supported", azure-functions-host issue
 * 7930).
 */
export const emptyBodyMessage =
  'The body is empty. Send a Content-Length header: Azure Functions drops bodies that are sent in chunks.';

/**
 * Reads the body of a request up to a limit and stops there, even if `Content-Length` is wrong or missing.
 *
 * @returns the bytes, or `too-large`.
 */
export async function readBody(request: HttpRequest, maxBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers.get('content-length')) > maxBytes) return 'too-large';
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > maxBytes) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The value of a JSON body in UTF-8, with or without a byte order mark; undefined when the body is not valid JSON. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** A handler as Azure Functions calls it. It never rejects: every failure becomes a status and a stable code. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponseInit>;

/** A response with a JSON body. No cache may keep it, since it may hold devices and users. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { ...emptyResponse(status, headers), jsonBody: body };
}

/** A response without a body. */
export function emptyResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { 'cache-control': 'no-store', ...headers } };
}

interface ErrorDetails {
  readonly status: number;
  readonly code: ErrorCode;
  /** What happened and how to fix it, for a person. Holds no value from the request. */
  readonly message: string;
  /** Single problems, when there can be several. */
  readonly problems?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one form of an error response: `{ "error": { "code", "message", "problems": [] } }`. */
export function errorResponse({
  status,
  code,
  message,
  problems = [],
  headers = {},
}: ErrorDetails): HttpResponseInit {
  return jsonResponse(status, { error: { code, message, problems } }, headers);
}

/**
 * 405 with the methods that are allowed.
 *
 * @param allow the methods as the `Allow` header lists them.
 */
export function methodNotAllowedResponse(allow: string): HttpResponseInit {
  return errorResponse({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: `This URL supports only ${allow}.`,
    headers: { allow },
  });
}

/** 401 with a `WWW-Authenticate` challenge (RFC 6750), which has no error code when the request had no token. */
export function unauthenticatedResponse(code: ErrorCode, tokenGiven: boolean): HttpResponseInit {
  return errorResponse({
    status: 401,
    code,
    message: tokenGiven
      ? 'The bearer token is not valid. Check its issuer, audience, signature and expiry.'
      : 'A bearer token is required.',
    headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' },
  });
}

const retryLater = { 'retry-after': '5' };

/** 503 while the keys of the token's issuer cannot be fetched: the token may be valid, so a 401 would blame the caller. */
export function keysUnavailableResponse(): HttpResponseInit {
  return errorResponse({
    status: 503,
    code: 'CALLER_KEYS_UNAVAILABLE',
    message: 'The signing keys of the token issuer are temporarily unavailable. Retry later.',
    headers: retryLater,
  });
}

/**
 * The response to an unexpected error, which is also logged: 503 with `Retry-After` when storage is down, 500 for a bug
 * of the relay. The log line has the message of a `RelayError`, which holds no secret, but only the name of any other
 * error, since its text may hold user data.
 */
export function failureResponse(error: unknown, logger: Logger, event: string): HttpResponseInit {
  const code = error instanceof RelayError ? error.code : 'INTERNAL';
  const detail = error instanceof RelayError ? error.message : undefined;
  logger('error', event, { code, error: error instanceof Error ? error.name : typeof error, detail });
  if (code === 'STORAGE_UNAVAILABLE') {
    return errorResponse({
      status: 503,
      code,
      message: 'Storage is temporarily unavailable. Retry later; the request is idempotent.',
      headers: retryLater,
    });
  }
  return errorResponse({ status: 500, code, message: 'The relay failed. See its log for details.' });
}
