import * as z from 'zod/mini';
import { type $strip, type $ZodObject, $ZodObjectJIT, type $ZodShape } from 'zod/v4/core';

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

/**
 * An object of the given fields; other keys are let through unread. Like `z.object`, but with the parser that zod compiles
 * for the whole object, which `zod/mini` leaves out: it takes a tenth off the time from event to payload.
 */
export function dataObject<Shape extends $ZodShape>(shape: Shape): $ZodObject<Shape, $strip>;

export function dataObject(shape: $ZodShape): $ZodObject {
  return new $ZodObjectJIT({ type: 'object', shape });
}
