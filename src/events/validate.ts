import * as z from 'zod/mini';
import { type ErrorCode, RelayError } from '../errors/errors.ts';

/** How an error names what is validated, and which error that is. */
export interface Subject {
  readonly code: ErrorCode;
  readonly class: 'user';
  readonly what: string;
}

/**
 * Validates a value against a schema.
 *
 * @throws RelayError with the code of the subject
 */
export function validate<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  subject: Subject,
): z.output<Schema> {
  const parsed = z.safeParse(schema, value, { error: issueText });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${path === '' ? '(root)' : path}: ${issue.message}`;
  });
  throw invalidEventError(subject, problems, parsed.error);
}

/**
 * The error for an event whose envelope or data lacks what the relay needs.
 *
 * @param problems each a field and its problem, but never its value, which may be personal
 */
export function invalidEventError(
  { what, ...error }: Subject,
  problems: readonly string[],
  cause?: z.core.$ZodError,
): RelayError {
  return new RelayError({
    ...error,
    message: `The ${what} is invalid: ${problems.join('; ')}. Compare it with the Event Grid schema reference for Azure Communication Services.`,
    problems,
    cause,
  });
}

// The message that full zod gives a type error. `zod/mini` comes without messages.
function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return `Invalid input: expected ${issue.expected}, received ${jsonType(issue.input)}`;
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
