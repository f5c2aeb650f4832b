import type * as z from 'zod';

/**
 * A field the job can do without: absent, null or of a wrong shape all mean undefined. A caller's odd display name must
 * cost the name, not the ring.
 */
export function optionalField<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}
