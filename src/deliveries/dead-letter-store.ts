import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { isRecord, omitUndefined, parseJson } from '../shared/json.ts';
import { parseIsoTime } from '../shared/time.ts';
import type { BlobStore } from '../storage/blobs.ts';
import {
  type DeadLetter,
  type DeadLetterSource,
  deadLetter,
  deadLetterName,
  makeDeadLetter,
} from './dead-letter.ts';

/** One dead-lettered event, of the relay or of Event Grid. */
export interface DeadLetteredEvent {
  readonly origin: 'relay' | 'event-grid';
  /** The relay's reason, or Event Grid's (`MaxDeliveryAttemptsExceeded`, …). */
  readonly reason: string;
  /** The code of the relay's error, or the last outcome Event Grid saw; absent when the relay had no error. */
  readonly code?: string;
  /** The relay's message, or the last outcome Event Grid saw (`NotFound`, …). */
  readonly message: string;
  readonly attempt: number;
  /** When the relay dead-lettered it, or Event Grid last tried to deliver it, epoch milliseconds. */
  readonly deadLetteredAtMs?: number;
  /** Only in the relay's own, and there only when the event had an identity. */
  readonly identity?: DeadLetter['identity'];
  /** The event in its envelope, as it would be delivered; only `json` can be redriven. */
  readonly event: DeadLetter['event'];
  /** The Function that dead-lettered it. Only in the relay's own. */
  readonly functionName?: string;
  /** How many pushes ended in which outcome. Only in the relay's own. */
  readonly outcomes?: DeadLetter['outcomes'];
  readonly redrivenAtMs?: number;
}

/** Dead-lettered events. Every method throws `STORAGE_UNAVAILABLE` when storage fails. */
export interface DeadLetterStore {
  /** Stores an event and returns its name; storing it again overwrites it under the same name. */
  readonly put: (source: DeadLetterSource) => Promise<string>;
  /** Names that begin with `prefix` (`2026/11/22/`), oldest day first. */
  readonly list: (prefix?: string) => AsyncIterable<string>;
  /**
   * The events of a blob: one for the relay's own, any number for Event Grid's. Undefined when the blob does not exist.
   *
   * @throws RelayError `INPUT_UNUSABLE` when the blob is not a dead letter.
   */
  readonly get: (name: string) => Promise<readonly DeadLetteredEvent[] | undefined>;
  /**
   * Records when a dead letter was redriven successfully. Returns false when it does not exist or is Event Grid's, which
   * stays unchanged: the ledger makes a second redrive harmless.
   */
  readonly markRedriven: (name: string, atMs: number) => Promise<boolean>;
}

const eventGridDeadLetter = z.object({
  deadletterreason: z.string(),
  deliveryattempts: z.catch(z.coerce.number().check(z.int(), z.minimum(0)), 0),
  lastdeliveryoutcome: z.catch(z.string(), 'unknown'),
});

// What Event Grid adds to an event it gives up on ("Event Grid message delivery and retry"): these keys in the Event
// Grid schema, all lower-case in CloudEvents.
const addedKeys = new Set([
  'deadletterreason',
  'deliveryattempts',
  'lastdeliveryoutcome',
  'lasthttpstatuscode',
  'publishtime',
  'lastdeliveryattempttime',
]);

/**
 * Reads a dead-letter blob: one of the relay's own, or one of Event Grid's, which holds one event or an array of them in
 * either schema. Event Grid's additions are taken off again.
 *
 * @throws RelayError `INPUT_UNUSABLE` when it is neither; the message never quotes the blob.
 */
export function parseDeadLetterBlob(text: string): readonly DeadLetteredEvent[] {
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) throw unusable('it is not JSON, or something follows the JSON');
  const own = deadLetter.safeParse(value);
  if (own.success) {
    const { v, atMs, code, identity, redrivenAtMs, ...facts } = own.data;
    return [
      {
        origin: 'relay',
        ...facts,
        ...omitUndefined({ code, identity, redrivenAtMs }),
        deadLetteredAtMs: atMs,
      },
    ];
  }
  return Array.isArray(value) ? value.map(readEventGridItem) : [readEventGridItem(value, 0)];
}

/** The dead letters in one blob container (`dead-letters`), one JSON blob each. */
export function createDeadLetterStore({ blobs }: { readonly blobs: BlobStore }): DeadLetterStore {
  return {
    async put(source) {
      const name = deadLetterName(source, source.eventTimeMs ?? source.atMs);
      await blobs.put(name, JSON.stringify(makeDeadLetter(source)));
      return name;
    },
    list: (prefix = '') => blobs.list(prefix),
    async get(name) {
      const text = await blobs.get(name);
      return text === undefined ? undefined : parseDeadLetterBlob(text);
    },
    async markRedriven(name, atMs) {
      const stored = parseJson((await blobs.get(name)) ?? '');
      if (!isRecord(stored) || !deadLetter.safeParse(stored).success) return false;
      // What another version of the relay wrote stays in it.
      await blobs.put(name, JSON.stringify({ ...stored, redrivenAtMs: atMs }));
      return true;
    },
  };
}

function unusable(why: string): RelayError {
  return new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `The blob cannot be read as a dead letter of the relay or of Event Grid: ${why}. Name a blob that one of them wrote, unchanged.`,
  });
}

function readEventGridItem(item: unknown, index: number): DeadLetteredEvent {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw unusable(`item ${index} is not a JSON object`);
  }
  const added = new Map<string, unknown>();
  const original: [string, unknown][] = [];
  for (const [key, value] of Object.entries(item)) {
    const lowerCase = key.toLowerCase();
    if (addedKeys.has(lowerCase)) added.set(lowerCase, value);
    else original.push([key, value]);
  }
  const parsed = eventGridDeadLetter.safeParse(Object.fromEntries(added));
  if (!parsed.success) throw unusable(`item ${index} has no dead-letter reason`);
  return {
    origin: 'event-grid',
    reason: parsed.data.deadletterreason,
    code: parsed.data.lastdeliveryoutcome,
    message: parsed.data.lastdeliveryoutcome,
    attempt: parsed.data.deliveryattempts,
    ...omitUndefined({
      deadLetteredAtMs: readTime(added.get('lastdeliveryattempttime') ?? added.get('publishtime')),
    }),
    event: { kind: 'json', value: Object.fromEntries(original) },
  };
}

function readTime(text: unknown): number | undefined {
  return typeof text === 'string' ? parseIsoTime(text) : undefined;
}
