import type { HttpResponseInit } from '@azure/functions';
import type { ErrorCode } from '../errors/errors.ts';
import { errorAnswer } from './error-answer.ts';

/** 401 with a `WWW-Authenticate` challenge (RFC 6750): without an error code when no token was given. */
export function unauthenticatedAnswer(code: ErrorCode, tokenGiven: boolean): HttpResponseInit {
  return errorAnswer({
    status: 401,
    code,
    message: tokenGiven
      ? 'The bearer token is not valid here: check its issuer, audience, signature and expiry.'
      : 'A bearer token is required.',
    headers: { 'www-authenticate': tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer' },
  });
}
