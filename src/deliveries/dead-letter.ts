import * as z from 'zod';
import { deadLetterReasons } from './dead-letter-reasons.ts';

const count = z.int().min(0);

/**
 * A dead letter as it is stored, version 1. It holds the event as it was received, so message text, names and ids are
 * in it: redrive needs them. What it never holds: `incomingCallContext` and its parts (worthless after the ring, and
 * good for taking the call before), device handles, and keys or tokens of any service.
 */
export const deadLetter = z.object({
  v: z.literal(1),
  reason: z.enum(deadLetterReasons),
  /** Code of the `RelayError`, where there was one. */
  code: z.string().optional(),
  /** What happened and how to mend it. At most 2,000 characters. */
  message: z.string(),
  functionName: z.string(),
  /** Which delivery of the event this was: 1 for the first. */
  attempt: z.int().min(1),
  /** When it was put aside, epoch milliseconds. */
  atMs: z.number(),
  identity: z.object({ source: z.string(), id: z.string(), type: z.string() }).optional(),
  event: z.discriminatedUnion('kind', [
    /** The JSON value as received, in its envelope. */
    z.object({ kind: z.literal('json'), value: z.unknown() }),
    /** The beginning of what was no JSON, and how many characters it had. Cannot be redriven. */
    z.object({ kind: z.literal('text'), text: z.string(), length: count }),
  ]),
  /** How many pushes ended in which outcome. */
  outcomes: z.object({
    accepted: count.optional(),
    rejected: count.optional(),
    expired: count.optional(),
    throttled: count.optional(),
    unavailable: count.optional(),
    unknown: count.optional(),
    misconfigured: count.optional(),
    untried: count.optional(),
  }),
  /** When it was last redriven with success, epoch milliseconds. */
  redrivenAtMs: z.number().optional(),
});

/** See {@link deadLetter}. */
export type DeadLetter = z.infer<typeof deadLetter>;
