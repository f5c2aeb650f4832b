import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { dayDigits } from '../shared/time.ts';
import { contentHash, scrubText, withoutSecrets } from './call-secrets.ts';
import type { Outcomes } from './outcomes.ts';

/** See {@link deadLetter}. */
export type DeadLetter = z.infer<typeof deadLetter>;

export interface DeadLetterSource {
  readonly reason: DeadLetter['reason'];
  readonly code?: string;
  /** Must hold no secret: the message of a `RelayError`. */
  readonly message: string;
  readonly functionName: string;
  readonly attempt: number;
  readonly atMs: number;
  readonly identity?: { readonly source: string; readonly id: string; readonly type: string };
  /** When the event happened, where known: the dead letter is filed under that day. */
  readonly eventTimeMs?: number;
  /** The event in its envelope, or the text that is not JSON. */
  readonly received:
    | { readonly kind: 'json'; readonly value: unknown }
    | { readonly kind: 'text'; readonly text: string };
  readonly outcomes?: Outcomes;
}

/**
 * Why an event was dead-lettered: `poison` (not an event, or unusable), `payload-changed` (the identity of an earlier
 * event with another payload), `rejected` (the hub permanently rejected a push), `retries-ended` (its time or its tries
 * ran out).
 */
export const deadLetterReasons = ['poison', 'payload-changed', 'rejected', 'retries-ended'] as const;

const count = z.int().check(z.minimum(0));

/**
 * A stored dead letter, version 1. It holds the event as received, with message text, names and ids, because redrive
 * needs them. It never holds `incomingCallContext` or its parts (worthless after the ring, and enough to take the call
 * before), device handles, or keys and tokens of any service.
 */
export const deadLetter = z.object({
  v: z.literal(1),
  reason: z.enum(deadLetterReasons),
  /** Code of the `RelayError`, where there was one. */
  code: z.optional(z.string()),
  /** What happened and how to fix it. At most 2,000 characters. */
  message: z.string(),
  functionName: z.string(),
  /** Which delivery of the event this was: 1 for the first. */
  attempt: z.int().check(z.minimum(1)),
  /** When it was dead-lettered, epoch milliseconds. */
  atMs: z.number(),
  identity: z.optional(z.object({ source: z.string(), id: z.string(), type: z.string() })),
  event: z.discriminatedUnion('kind', [
    /** The JSON value as received, in its envelope. */
    z.object({ kind: z.literal('json'), value: z.unknown() }),
    /** The beginning of a body that is not JSON, and its length in characters. Cannot be redriven. */
    z.object({ kind: z.literal('text'), text: z.string(), length: count }),
  ]),
  /** How many pushes ended in each outcome. */
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

const maxMessage = 2_000;
const maxText = 8_192;

// Event Grid accepts no event above 1 MB ("Azure Event Grid quotas and limits").
const maxJson = 1_048_576;

/** Makes a dead letter of bounded size, without secrets. */
export function makeDeadLetter(source: DeadLetterSource): DeadLetter {
  const { reason, code, message, functionName, attempt, atMs, identity } = source;
  const outcomes: DeadLetter['outcomes'] = {};
  for (const outcome of source.outcomes?.values() ?? []) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    v: 1,
    reason,
    ...(code === undefined ? {} : { code }),
    message: message.slice(0, maxMessage),
    functionName,
    attempt,
    atMs,
    ...(identity === undefined ? {} : { identity: { ...identity } }),
    event: storedEvent(source.received),
    outcomes,
  };
}

/**
 * Names the blob of a dead letter: `yyyy/mm/dd/<reason>/<hash>.json`. The same event dead-lettered twice for one reason
 * has one name, whichever door it came by, and two different letters never share one, whatever id and type they claim:
 * the hash covers all that was received, except for the secrets of a call.
 *
 * @param timeMs decides the day, epoch milliseconds: the event's own time where known
 */
export function deadLetterName(
  { reason, received }: Pick<DeadLetterSource, 'reason' | 'received'>,
  timeMs: number,
): string {
  const content = received.kind === 'json' ? contentHash(received.value) : sha256(scrubText(received.text));
  const name = sha256(JSON.stringify([received.kind, content])).slice(0, 32);
  const day = dayDigits(timeMs);
  return `${day.slice(0, 4)}/${day.slice(4, 6)}/${day.slice(6)}/${reason}/${name}.json`;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

function storedEvent(received: DeadLetterSource['received']): DeadLetter['event'] {
  if (received.kind === 'text') return textEvent(received.text);
  const value = withoutSecrets(received.value);
  const text = JSON.stringify(value) ?? '';
  return text.length > maxJson || text === '' ? textEvent(text) : { kind: 'json', value };
}

function textEvent(text: string): DeadLetter['event'] {
  return { kind: 'text', text: scrubText(text).slice(0, maxText), length: text.length };
}
