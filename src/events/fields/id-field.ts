import * as z from 'zod';

const visible = /^[^\p{Cc}\p{Cs}]*$/u;
const maxLength = 256;

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, no control characters and no half
 * surrogate pairs. ACS's own ids have at most about 120.
 */
export const idField = z.string().superRefine((text, context) => {
  const problem = problemOf(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  return visible.test(text) ? undefined : 'has control characters';
}
