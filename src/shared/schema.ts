import * as z from 'zod/mini';
import { type $strip, type $ZodObject, $ZodObjectJIT, type $ZodShape } from 'zod/v4/core';

/**
 * A text of `min` to `max` UTF-16 code units. Use it instead of zod's own `min` and `max` for untrusted input: those read
 * `length` of any value, and a crafted object makes them throw instead of reporting a problem.
 */
export function boundedText(min: number, max: number) {
  return z.string().check(
    z.refine((text) => text.length >= min && text.length <= max, {
      error: `must have ${min} to ${max} characters`,
    }),
  );
}

/**
 * An object of the given fields; other keys are ignored. Like `z.object`, but with the parser that zod compiles for the
 * whole object and that `zod/mini` leaves out. It saves a tenth of the time from event to payload.
 */
export function dataObject<Shape extends $ZodShape>(shape: Shape): $ZodObject<Shape, $strip>;

export function dataObject(shape: $ZodShape): $ZodObject {
  return new $ZodObjectJIT({ type: 'object', shape });
}
