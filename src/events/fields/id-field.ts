import * as z from 'zod';

const visible = /^[^\p{Cc}\p{Cs}]*$/u;

/**
 * An id that the relay copies into payloads, keys and headers: 1 to 256 characters, no control characters and no half
 * surrogate pairs. ACS's own ids have at most about 120.
 */
export const idField = z
  .string()
  .min(1, 'is empty')
  .max(256, 'is longer than 256 characters')
  .regex(visible, 'has control characters');
