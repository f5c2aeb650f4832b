import * as z from 'zod/mini';

/** One thing that happened in a call, as it is stored. */
export const callFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rung'),
    userId: z.string(),
    atMs: z.number(),
    deviceIds: z.array(z.string()),
    callerId: z.optional(z.string()),
    callerName: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('joined'), userId: z.string(), atMs: z.number() }),
  z.object({ kind: z.literal('ended'), atMs: z.number() }),
]);

/** See {@link callFact}. */
export type CallFact = z.infer<typeof callFact>;
