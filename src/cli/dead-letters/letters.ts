import type { StorageSettings } from '../../config/relay-config.ts';
import { type DeadLetter, deadLetter, deadLetterReasons } from '../../deliveries/dead-letter.ts';
import { type DeadLetteredEvent, parseDeadLetterBlob } from '../../deliveries/dead-letter-store.ts';
import { RelayError } from '../../errors/errors.ts';
import { parseEvent } from '../../events/parse-event.ts';
import { omitUndefined, parseJson } from '../../shared/json.ts';
import { parseIsoTime } from '../../shared/time.ts';
import { type BlobStore, createAzureBlobStore } from '../../storage/blobs.ts';
import { inputUnusable } from '../io.ts';
import { eventTime } from '../replay/recording.ts';

/** One event of a dead letter, and what can be said about it without showing what is in it. */
export interface LetterEvent extends DeadLetteredEvent {
  /** The code of the relay's error, or the last outcome that Event Grid saw. Absent where there was none. */
  readonly code?: string;
  /** The type the event claims; absent when it is no event. */
  readonly type?: string;
  /** When the event happened, epoch milliseconds; absent when it does not say. */
  readonly happenedAtMs?: number;
  /** When the relay put it aside, or Event Grid last tried to deliver it, epoch milliseconds. */
  readonly deadLetteredAtMs?: number;
}

/** A blob of the container of dead letters, read. */
export type Letter =
  | {
      readonly kind: 'letter';
      readonly name: string;
      readonly origin: 'relay' | 'event-grid';
      /** One for the relay's own letters, any number for Event Grid's. */
      readonly events: readonly LetterEvent[];
      /** The letter as the relay stored it; absent for Event Grid's. */
      readonly stored?: DeadLetter;
    }
  /** There is such a blob, but it is no dead letter. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly message: string }
  | { readonly kind: 'missing'; readonly name: string };

/** Which letters are meant. */
export interface LetterFilter {
  /** What their names begin with, such as `2026/11/22`. */
  readonly prefix?: string | undefined;
  /** The relay's reason or Event Grid's, in any case. */
  readonly reason?: string | undefined;
}

const ownName = /^\d{4}\/\d{2}\/\d{2}\/([a-z-]+)\/[0-9a-f]{32}\.json$/;

// So many are read side by side: few enough to be kept in memory, since one holds up to 1 MB for each event.
const atOnce = 8;

/**
 * Reads the text of a blob as a dead letter.
 *
 * @param text undefined when there is no such blob
 */
export function readLetter(name: string, text: string | undefined): Letter {
  if (text === undefined) return { kind: 'missing', name };
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  const own = deadLetter.safeParse(value);
  let events: readonly DeadLetteredEvent[];
  try {
    events = parseDeadLetterBlob(text);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'unreadable', name, message: error.message };
  }
  if (own.success) {
    const stored = own.data;
    return {
      kind: 'letter',
      name,
      origin: 'relay',
      stored,
      events: events.map((event) => ownEvent(event, stored)),
    };
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return {
    kind: 'letter',
    name,
    origin: 'event-grid',
    events: events.map((event, index) => eventGridEvent(event, items[index])),
  };
}

/**
 * Whether a letter was put aside for this reason; one of several events when any of them was. What cannot be read has
 * every reason, since nobody knows it.
 *
 * @param reason the relay's or Event Grid's, in any case; every letter has the undefined one
 */
export function hasReason(letter: Letter, reason: string | undefined): boolean {
  if (letter.kind !== 'letter' || reason === undefined) return true;
  return letter.events.some((event) => event.reason.toLowerCase() === reason.toLowerCase());
}

/**
 * The names of letters that may be meant, oldest day first. The relay's own letters carry their reason in the name, so
 * those of another one need not be read; whether the others are meant shows only when they are.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* letterNames(
  blobs: BlobStore,
  { prefix = '', reason }: LetterFilter,
): AsyncGenerator<string> {
  const wanted = reason?.toLowerCase();
  for await (const name of blobs.list(prefix)) {
    const named = deadLetterReasons.find((known) => known === ownName.exec(name)?.[1]);
    if (wanted === undefined || named === undefined || named === wanted) yield name;
  }
}

/**
 * Reads the letters that are meant, oldest day first, page by page.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function* findLetters(blobs: BlobStore, filter: LetterFilter): AsyncGenerator<Letter> {
  let names: string[] = [];
  for await (const name of letterNames(blobs, filter)) {
    names.push(name);
    if (names.length < atOnce) continue;
    yield* await readAll(blobs, names, filter);
    names = [];
  }
  yield* await readAll(blobs, names, filter);
}

/**
 * A container of the relay's storage account, for reading dead letters.
 *
 * @throws RelayError `INPUT_UNUSABLE` for a name that no container can have
 *   ("Naming and referencing containers, blobs, and metadata")
 */
export function openContainer(storage: StorageSettings, name: string): BlobStore {
  if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
    throw inputUnusable(
      'The name of the container is none that Azure knows: give 3 to 63 lower-case letters, digits and single hyphens.',
    );
  }
  return createAzureBlobStore(storage, name);
}

function ownEvent(event: DeadLetteredEvent, { code, identity, atMs }: DeadLetter): LetterEvent {
  const { type = identity?.type, happenedAtMs } = aboutEvent(event.event);
  return { ...event, ...omitUndefined({ code, type, happenedAtMs }), deadLetteredAtMs: atMs };
}

function aboutEvent(event: DeadLetteredEvent['event']): {
  readonly type: string | undefined;
  readonly happenedAtMs: number | undefined;
} {
  if (event.kind === 'text') return { type: undefined, happenedAtMs: undefined };
  const parsed = parseEvent(event.value);
  const { identity } = parsed.kind === 'event' ? parsed.event : parsed;
  return { type: identity?.type, happenedAtMs: eventTime(event.value) || undefined };
}

function eventGridEvent(event: DeadLetteredEvent, item: unknown): LetterEvent {
  return {
    ...event,
    code: event.message,
    ...omitUndefined({ ...aboutEvent(event.event), deadLetteredAtMs: lastTriedMs(item) }),
  };
}

// Event Grid spells its keys in two ways, by schema ("Event Grid message delivery and retry").
function lastTriedMs(item: unknown): number | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const times = new Map(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));
  const time = times.get('lastdeliveryattempttime') ?? times.get('publishtime');
  return typeof time === 'string' ? parseIsoTime(time) : undefined;
}

async function readAll(
  blobs: BlobStore,
  names: readonly string[],
  { reason }: LetterFilter,
): Promise<readonly Letter[]> {
  const letters = await Promise.all(names.map(async (name) => readLetter(name, await blobs.get(name))));
  // A missing one is gone since it was listed.
  return letters.filter((letter) => letter.kind !== 'missing' && hasReason(letter, reason));
}
