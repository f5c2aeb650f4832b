import type * as z from 'zod/mini';
import { type ErrorCode, RelayError } from '../errors/errors.ts';

/**
 * What is wrong with a field that has no words of its own for it, as the whole of zod would say; `zod/mini` comes without
 * texts.
 */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return `Invalid input: expected ${issue.expected}, received ${jsonType(issue.input)}`;
}

/**
 * The error for an event whose envelope or data does not have what the job needs. Names each field with what is wrong
 * with it, and never the values, which may be somebody's words.
 */
export function invalidEventError(code: ErrorCode, what: string, error: z.core.$ZodError): RelayError {
  const problems = error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${path === '' ? '(root)' : path}: ${issue.message}`;
  });
  return new RelayError({
    code,
    class: 'user',
    message: `The ${what} cannot be used: ${problems.join('; ')}. Compare it with the Event Grid schema reference for Azure Communication Services.`,
    problems,
    cause: error,
  });
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
