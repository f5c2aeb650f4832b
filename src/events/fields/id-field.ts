import * as z from 'zod';
import { idProblem } from '../id-problem.ts';

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, no control characters and no half
 * surrogate pairs. ACS's own ids have at most about 120.
 */
export const idField = z.string().superRefine((text, context) => {
  const problem = idProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});
