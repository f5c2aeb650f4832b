import * as z from 'zod/mini';

/**
 * A text of `min` to `max` UTF-16 code units. For whatever comes from outside, in place of zod's own `min` and `max`:
 * those look at `length` even of what is no text, and an object made for it brings them to throw instead of reporting.
 */
export function boundedText(min: number, max: number) {
  return z.string().check(
    z.refine((text) => text.length >= min && text.length <= max, {
      error: `has not ${min} to ${max} characters`,
    }),
  );
}
