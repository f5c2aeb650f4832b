import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { type ErrorCode, RelayError } from '../errors/errors.ts';
import type { Logger } from '../telemetry/logger.ts';

/** A handler as Azure Functions calls it. It always answers: whatever goes wrong becomes a status and a stable code. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponseInit>;

const retryAfterSeconds = '5';

/** An answer with a JSON body that no cache may keep: devices and users are in it. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { 'cache-control': 'no-store', ...headers }, jsonBody: body };
}

/** An answer without a body. */
export function emptyResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { 'cache-control': 'no-store', ...headers } };
}

/** What an error answer says. */
interface ErrorAnswer {
  readonly status: number;
  readonly code: ErrorCode;
  /** One sentence for a person: what happened and how to mend it. Without values from the request. */
  readonly message: string;
  /** Single problems, when there can be several. */
  readonly problems?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one form of an error answer: `{ "error": { "code", "message", "problems": [] } }`. */
export function errorResponse({
  status,
  code,
  message,
  problems = [],
  headers = {},
}: ErrorAnswer): HttpResponseInit {
  return jsonResponse(status, { error: { code, message, problems } }, headers);
}

/** 405 with the methods that are allowed. */
export function methodNotAllowedResponse(allow: string): HttpResponseInit {
  return errorResponse({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: `This address takes ${allow} only.`,
    headers: { allow },
  });
}

/** 401 with a `WWW-Authenticate` challenge (RFC 6750): without an error code when no token was given. */
export function unauthenticatedResponse(code: ErrorCode, tokenGiven: boolean): HttpResponseInit {
  return errorResponse({
    status: 401,
    code,
    message: tokenGiven
      ? 'The bearer token is not valid here: check its issuer, audience, signature and expiry.'
      : 'A bearer token is required.',
    headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' },
  });
}

/** 503: nothing can be said about a token while the keys of its issuer cannot be fetched. A 401 would blame the caller. */
export function keysUnavailableResponse(): HttpResponseInit {
  return errorResponse({
    status: 503,
    code: 'CALLER_KEYS_UNAVAILABLE',
    message:
      'The signing keys of the token issuer cannot be fetched just now. Send the same request again later.',
    headers: { 'retry-after': '5' },
  });
}

/**
 * The answer for what a handler did not expect: 503 with `Retry-After` when storage is down, 500 for a fault of the
 * relay. The log line carries the message of a `RelayError`, which holds no secret; of any other error only its name, since
 * its text could hold what belongs to the user.
 */
export function failureResponse(error: unknown, logger: Logger, event: string): HttpResponseInit {
  const code = error instanceof RelayError ? error.code : 'INTERNAL';
  const detail = error instanceof RelayError ? error.message : undefined;
  logger('error', event, { code, error: error instanceof Error ? error.name : typeof error, detail });
  if (code === 'STORAGE_UNAVAILABLE') {
    return errorResponse({
      status: 503,
      code,
      message:
        'Storage cannot be reached just now. Send the same request again later; it does no harm twice.',
      headers: { 'retry-after': retryAfterSeconds },
    });
  }
  return errorResponse({ status: 500, code, message: 'The relay failed. Its log tells more.' });
}
