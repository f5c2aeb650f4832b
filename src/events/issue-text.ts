import type * as z from 'zod/mini';

/**
 * What is wrong with a field that has no words of its own for it, as the whole of zod would say; `zod/mini` comes without
 * texts.
 */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return `Invalid input: expected ${issue.expected}, received ${jsonType(issue.input)}`;
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
