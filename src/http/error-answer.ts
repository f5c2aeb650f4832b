import type { HttpResponseInit } from '@azure/functions';
import type { ErrorCode } from '../errors/errors.ts';
import { jsonAnswer } from './json-answer.ts';

/** What an error answer says. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: ErrorCode;
  /** One sentence for a person: what happened and how to mend it. Without values from the request. */
  readonly message: string;
  /** Single problems, when there can be several. */
  readonly problems?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one form of an error answer: `{ "error": { "code", "message", "problems": [] } }`. */
export function errorAnswer({
  status,
  code,
  message,
  problems = [],
  headers = {},
}: ErrorAnswer): HttpResponseInit {
  return jsonAnswer(status, { error: { code, message, problems } }, headers);
}
