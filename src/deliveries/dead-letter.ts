import * as z from 'zod/mini';
import { deadLetterReasons } from './dead-letter-reasons.ts';

const count = z.int().check(z.minimum(0));

/**
 * A dead letter as it is stored, version 1. It holds the event as it was received, so message text, names and ids are
 * in it: redrive needs them. What it never holds: `incomingCallContext` and its parts (worthless after the ring, and
 * good for taking the call before), device handles, and keys or tokens of any service.
 */
export const deadLetter = z.object({
  v: z.literal(1),
  reason: z.enum(deadLetterReasons),
  /** Code of the `RelayError`, where there was one. */
  code: z.optional(z.string()),
  /** What happened and how to mend it. At most 2,000 characters. */
  message: z.string(),
  functionName: z.string(),
  /** Which delivery of the event this was: 1 for the first. */
  attempt: z.int().check(z.minimum(1)),
  /** When it was put aside, epoch milliseconds. */
  atMs: z.number(),
  identity: z.optional(z.object({ source: z.string(), id: z.string(), type: z.string() })),
  event: z.discriminatedUnion('kind', [
    /** The JSON value as received, in its envelope. */
    z.object({ kind: z.literal('json'), value: z.unknown() }),
    /** The beginning of what was no JSON, and how many characters it had. Cannot be redriven. */
    z.object({ kind: z.literal('text'), text: z.string(), length: count }),
  ]),
  /** How many pushes ended in which outcome. */
  outcomes: z.object({
    accepted: z.optional(count),
    rejected: z.optional(count),
    expired: z.optional(count),
    throttled: z.optional(count),
    unavailable: z.optional(count),
    unknown: z.optional(count),
    misconfigured: z.optional(count),
    untried: z.optional(count),
  }),
  /** When it was last redriven with success, epoch milliseconds. */
  redrivenAtMs: z.optional(z.number()),
});

/** See {@link deadLetter}. */
export type DeadLetter = z.infer<typeof deadLetter>;
