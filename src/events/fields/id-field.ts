import * as z from 'zod/mini';
import { idProblem } from '../id-problem.ts';

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, no control characters and no half
 * surrogate pairs. ACS's own ids have at most about 120.
 */
export const idField = z.string().check(({ value, issues }) => {
  const message = idProblem(value);
  if (message !== undefined) issues.push({ code: 'custom', message, input: value });
});
