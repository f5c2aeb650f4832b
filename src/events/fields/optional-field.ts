import * as z from 'zod/mini';

/**
 * A field the job can do without: absent, null or of a wrong shape all mean undefined. A caller's odd display name must
 * cost the name, not the ring.
 */
export function optionalField<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined);
}
