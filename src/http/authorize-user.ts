import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { parseUserId } from '../devices/registration.ts';
import type { Caller } from './caller.ts';
import { errorAnswer } from './error-answer.ts';
import { keysUnavailableAnswer } from './keys-unavailable-answer.ts';
import { unauthenticatedAnswer } from './unauthenticated-answer.ts';

/** The user of the path, whom the caller may act for; or the answer that refuses. */
export type AuthorizedUser =
  | { readonly kind: 'allowed'; readonly userId: string }
  | { readonly kind: 'refused'; readonly answer: HttpResponseInit };

/** Checks first who calls (401, 503), then the `{userId}` of the path (400), then whether the two belong together (403). */
export function authorizeUser(caller: Caller, request: HttpRequest): AuthorizedUser {
  if (caller.kind === 'keys-unavailable') return refused(keysUnavailableAnswer());
  if (caller.kind === 'unauthenticated') {
    return refused(unauthenticatedAnswer('CALLER_UNAUTHENTICATED', caller.tokenGiven));
  }
  const parsed = parseUserId(request.params['userId'] ?? '');
  if (parsed.kind === 'invalid') {
    return refused(errorAnswer({ status: 400, code: 'USER_ID_INVALID', message: parsed.problem }));
  }
  if (caller.kind === 'app' && caller.userId !== parsed.userId) {
    const message = 'The token belongs to another user than the one in the address.';
    return refused(errorAnswer({ status: 403, code: 'CALLER_FORBIDDEN', message }));
  }
  return { kind: 'allowed', userId: parsed.userId };
}

function refused(answer: HttpResponseInit): AuthorizedUser {
  return { kind: 'refused', answer };
}
