import type { HttpResponseInit } from '@azure/functions';
import { errorAnswer } from './error-answer.ts';

/** 503: nothing can be said about a token while the keys of its issuer cannot be fetched. A 401 would blame the caller. */
export function keysUnavailableAnswer(): HttpResponseInit {
  return errorAnswer({
    status: 503,
    code: 'CALLER_KEYS_UNAVAILABLE',
    message:
      'The signing keys of the token issuer cannot be fetched just now. Send the same request again later.',
    headers: { 'retry-after': '5' },
  });
}
