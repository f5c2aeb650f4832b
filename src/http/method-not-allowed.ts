import type { HttpResponseInit } from '@azure/functions';
import { errorAnswer } from './error-answer.ts';

/** 405 with the methods that are allowed. */
export function methodNotAllowed(allow: string): HttpResponseInit {
  return errorAnswer({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: `This address takes ${allow} only.`,
    headers: { allow },
  });
}
